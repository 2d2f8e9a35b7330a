using ComIm.Client.Conferencing;
using ComIm.Client.Messaging;
using ComIm.Client.Typing;
using ComIm.Sip.Messages;

namespace ComIm.Client.Conversations;

/// <summary>Who takes part in a conversation.</summary>
public sealed partial class Conversation
{
    private readonly ParticipantList _participants;
    private readonly RoomTyping _roomTyping;

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

    /// <summary>Somebody says that they type, or no longer.</summary>
    /// <param name="notice">What they say.</param>
    /// <param name="speaker">Who, in a room; null in a chat of two.</param>
    internal void OnTyping(TypingNotice notice, SipUri? speaker)
    {
        if (speaker is null)
        {
            _typing.OnNotice(notice);
        }
        else if (_participants.Find(speaker.AddressOfRecord) is { IsSelf: false } participant)
        {
            _roomTyping.OnNotice(participant.Uri, notice);
        }
    }

    private void OnSpoken(ChatMessage message)
    {
        _typing.Theirs.OnStopped();
        if (IsConference && SipUri.TryParse(message.From, out var speaker))
        {
            _roomTyping.OnSpoken(speaker);
        }
    }

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

    private void OnTypingChanged(SipUri person, bool isTyping)
    {
        var before = PeerTyping;
        _participants.SetTyping(person, isTyping);
        if (PeerTyping != before)
        {
            _account.Events.Post(PeerTypingChanged, this, new PeerTypingChangedEventArgs(this, !before));
        }
    }

    /// <summary>In a chat of two both stand where their session stands; in a room the roster says where the others do.</summary>
    private void FollowState(ConversationState state)
    {
        var mine = state switch
        {
            ConversationState.Connected => ParticipantState.Connected,
            ConversationState.Connecting or ConversationState.Requested => ParticipantState.Inviting,
            _ => ParticipantState.Disconnected,
        };
        if (!IsGroup || mine == ParticipantState.Disconnected)
        {
            _participants.SetAll(mine);
        }
        else
        {
            _participants.Set(Self.Uri, mine);
        }

        if (IsConference && mine == ParticipantState.Connected)
        {
            _control.Follow(Target);
        }
        else if (mine == ParticipantState.Disconnected)
        {
            _control.Unfollow();
            _roomTyping.Stop();
        }
    }
}
