using ComIm.Client.Conversations;

namespace ComIm.Client.Typing;

/// <summary>The other person has begun or stopped typing.</summary>
/// <param name="conversation">The conversation.</param>
/// <param name="isTyping">Whether they type.</param>
public sealed class PeerTypingChangedEventArgs(Conversation conversation, bool isTyping) : EventArgs
{
    /// <summary>The conversation.</summary>
    public Conversation Conversation { get; } = conversation;

    /// <summary>Whether they type.</summary>
    public bool IsTyping { get; } = isTyping;
}
