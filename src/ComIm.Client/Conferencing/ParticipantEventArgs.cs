using ComIm.Client.Conversations;

namespace ComIm.Client.Conferencing;

/// <summary>Somebody has come into a conversation, has left it, or has changed there.</summary>
/// <param name="participant">Who; already as they are now.</param>
/// <param name="conversation">Where.</param>
public sealed class ParticipantEventArgs(Participant participant, Conversation conversation) : EventArgs
{
    /// <summary>Who; their properties are those of now, not of the moment of the event.</summary>
    public Participant Participant { get; } = participant;

    /// <summary>Where.</summary>
    public Conversation Conversation { get; } = conversation;
}
