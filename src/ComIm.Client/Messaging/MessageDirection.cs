namespace ComIm.Client.Messaging;

/// <summary>Which way a message went.</summary>
public enum MessageDirection
{
    /// <summary>From another person to us.</summary>
    Incoming,

    /// <summary>From us.</summary>
    Outgoing,
}
