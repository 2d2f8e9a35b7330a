using ComIm.Client.Conversations;

namespace ComIm.Client.Messaging;

/// <summary>A message sent has got further, or has failed.</summary>
/// <param name="message">The message.</param>
/// <param name="conversation">The conversation it belongs to.</param>
/// <param name="status">The status at the time; the message itself may have gone on since.</param>
public sealed class MessageStatusChangedEventArgs(ChatMessage message, Conversation conversation, MessageStatus status) : EventArgs
{
    /// <summary>The message.</summary>
    public ChatMessage Message { get; } = message;

    /// <summary>The conversation it belongs to.</summary>
    public Conversation Conversation { get; } = conversation;

    /// <summary>The status at the time; the message itself may have gone on since.</summary>
    public MessageStatus Status { get; } = status;
}
