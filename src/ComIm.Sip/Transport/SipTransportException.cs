namespace ComIm.Sip.Transport;

/// <summary>A message could not be sent, or its connection was lost: the network's fault, not the peer's.</summary>
public sealed class SipTransportException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened, with the address.</param>
    /// <param name="inner">The socket's error.</param>
    /// <param name="fault">What kind of trouble it is.</param>
    public SipTransportException(string message, Exception? inner = null, SipTransportFault fault = SipTransportFault.Other)
        : base(message, inner) => Fault = fault;

    /// <summary>What kind of trouble it is.</summary>
    public SipTransportFault Fault { get; }
}
