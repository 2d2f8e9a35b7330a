using ComIm.Client.Sessions;

namespace ComIm.Client.Conversations;

/// <summary>
/// Somebody begins a session and waits for the answer. It can be given at once or later; a message sent in the conversation
/// accepts too. Without an answer the request ends after three minutes with 480.
/// </summary>
public sealed class ConversationRequestedEventArgs : EventArgs
{
    private readonly ConversationSession _session;
    private readonly object _request;

    internal ConversationRequestedEventArgs(ConversationSession session, object request, Conversation conversation, string? firstText)
    {
        _session = session;
        _request = request;
        Conversation = conversation;
        FirstText = firstText;
    }

    /// <summary>The conversation with the person who asks.</summary>
    public Conversation Conversation { get; }

    /// <summary>
    /// The first text, where it came with the request, to decide by; null where it did not. Once the conversation is accepted
    /// it is received as a message like any other.
    /// </summary>
    public string? FirstText { get; }

    /// <summary>Accepts. False where the request is over: withdrawn, or answered before.</summary>
    public bool Accept() => _session.Accept(_request);

    /// <summary>Rejects. False where the request is over.</summary>
    /// <param name="rejection">What the peer is told.</param>
    public bool Reject(ConversationRejection rejection = ConversationRejection.Decline) => _session.Reject(_request, rejection);
}
