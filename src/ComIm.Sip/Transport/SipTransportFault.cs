namespace ComIm.Sip.Transport;

/// <summary>What kind of trouble a <see cref="SipTransportException"/> is, for code to branch on.</summary>
public enum SipTransportFault
{
    /// <summary>Any other trouble of the network.</summary>
    Other,

    /// <summary>No connection could be made: nobody listens, there is no way there, or nobody answered. Nothing was sent.</summary>
    Unreachable,

    /// <summary>The connection over which the message was to go is no longer open. Nothing was sent.</summary>
    FlowClosed,

    /// <summary>The connection was lost while it was in use.</summary>
    ConnectionLost,

    /// <summary>The peer does not read what is sent to it.</summary>
    Stalled,

    /// <summary>The peer's certificate does not prove that it is who it should be (RFC 5922). Nothing was sent.</summary>
    CertificateRefused,

    /// <summary>It is longer than a datagram can be. Nothing was sent.</summary>
    TooLong,

    /// <summary>This side has closed the transport.</summary>
    Closed,

    /// <summary>Its headers or its body cannot be written as bytes: its maker's fault, not the network's. Nothing was sent.</summary>
    Unwritable,
}
