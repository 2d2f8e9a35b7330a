namespace ComIm.Client.Messaging;

/// <summary>How far a message got.</summary>
public enum MessageStatus
{
    /// <summary>On its way: no final response yet.</summary>
    Sending,

    /// <summary>A server took it to deliver later (202, RFC 3428 section 7).</summary>
    Accepted,

    /// <summary>The recipient's own software answered 200, or said later that it has the message (RFC 5438).</summary>
    Delivered,

    /// <summary>It did not arrive; <see cref="ChatMessage.Failure"/> says why.</summary>
    Failed,

    /// <summary>Waits for the conversation to be connected, or for the messages before it.</summary>
    Queued,

    /// <summary>The recipient has been shown it; known only where the recipient's software says so.</summary>
    Displayed,
}
