namespace ComIm.Client.Conversations;

/// <summary>Something has become of a conversation.</summary>
/// <param name="conversation">Of which.</param>
public sealed class ConversationEventArgs(Conversation conversation) : EventArgs
{
    /// <summary>The conversation.</summary>
    public Conversation Conversation { get; } = conversation;
}
