namespace ComIm.Sip.Location;

/// <summary>There is no way to a server: its name does not exist, has no SIP service, or cannot be looked up.</summary>
public sealed class SipLocationException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">What was sought and why it was not found.</param>
    public SipLocationException(string message)
        : base(message)
    {
    }
}
