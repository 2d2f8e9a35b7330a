namespace ComIm.Client.Conversations;

/// <summary>The session of a conversation stands elsewhere than before.</summary>
/// <param name="oldState">Where it stood.</param>
/// <param name="newState">Where it stands.</param>
/// <param name="reason">Why.</param>
/// <param name="cause">The refusal or the fault, where there was one.</param>
public sealed class ConversationStateChangedEventArgs(
    ConversationState oldState, ConversationState newState, ConversationStateReason reason, ImException? cause) : EventArgs
{
    /// <summary>Where it stood.</summary>
    public ConversationState OldState { get; } = oldState;

    /// <summary>Where it stands.</summary>
    public ConversationState NewState { get; } = newState;

    /// <summary>Why.</summary>
    public ConversationStateReason Reason { get; } = reason;

    /// <summary>The refusal or the fault, where there was one.</summary>
    public ImException? Cause { get; } = cause;
}
