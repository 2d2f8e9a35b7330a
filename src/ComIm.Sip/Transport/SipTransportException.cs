namespace ComIm.Sip.Transport;

/// <summary>A message could not be sent, or its connection was lost: the network's fault, not the peer's.</summary>
public sealed class SipTransportException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened, with the address.</param>
    /// <param name="inner">The socket's error.</param>
    public SipTransportException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
