using ComIm.Client.Conferencing;
using ComIm.Client.Typing;
using ComIm.Sip.Messages;

namespace ComIm.Client.Conversations;

/// <summary>Who takes part in a conversation.</summary>
public sealed partial class Conversation
{
    private readonly ParticipantList _participants;

    /// <summary>The account's own part.</summary>
    public Participant Self => _participants.Self;

    /// <summary>The others, in the order in which they came; in a chat of two the one other person.</summary>
    public IReadOnlyList<Participant> Participants => _participants.Others;

    /// <summary>Somebody has come into the conversation, or is being asked to.</summary>
    public event EventHandler<ParticipantEventArgs>? ParticipantAdded;

    /// <summary>Somebody other than the account has left the conversation, or has not come.</summary>
    public event EventHandler<ParticipantEventArgs>? ParticipantRemoved;

    /// <summary>A participant, the account itself included, has another state, role or name, or types, or no longer.</summary>
    public event EventHandler<ParticipantEventArgs>? ParticipantChanged;

    /// <summary>Where new sessions go: the person, the room, or who makes rooms.</summary>
    internal SipUri Target { get; private set; }

    private void OnParticipantChanged(Participant participant, ParticipantChange change)
    {
        var handlers = change switch
        {
            ParticipantChange.Added => ParticipantAdded,
            ParticipantChange.Removed => ParticipantRemoved,
            _ => ParticipantChanged,
        };
        _account.Events.Post(handlers, this, new ParticipantEventArgs(participant, this));
    }

    private void OnPeerTyping(bool isTyping)
    {
        _participants.SetTyping(Target, isTyping);
        _account.Events.Post(PeerTypingChanged, this, new PeerTypingChangedEventArgs(this, isTyping));
    }

    /// <summary>In a chat of two both stand where their session stands.</summary>
    private void FollowState(ConversationState state) => _participants.SetAll(state switch
    {
        ConversationState.Connected => ParticipantState.Connected,
        ConversationState.Connecting or ConversationState.Requested => ParticipantState.Inviting,
        _ => ParticipantState.Disconnected,
    });
}
