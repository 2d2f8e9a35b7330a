namespace ComIm.Sip.Transport;

/// <summary>The transports of RFC 3261 section 18.</summary>
public enum SipTransportKind
{
    /// <summary>Datagrams: unreliable, so transactions retransmit.</summary>
    Udp,

    /// <summary>A stream.</summary>
    Tcp,

    /// <summary>A stream inside TLS.</summary>
    Tls,
}
