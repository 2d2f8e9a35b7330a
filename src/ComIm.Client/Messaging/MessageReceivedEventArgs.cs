using ComIm.Client.Conversations;

namespace ComIm.Client.Messaging;

/// <summary>A message has come in.</summary>
/// <param name="message">The message.</param>
/// <param name="conversation">The conversation it belongs to.</param>
public sealed class MessageReceivedEventArgs(ChatMessage message, Conversation conversation) : EventArgs
{
    /// <summary>The message.</summary>
    public ChatMessage Message { get; } = message;

    /// <summary>The conversation it belongs to.</summary>
    public Conversation Conversation { get; } = conversation;
}
