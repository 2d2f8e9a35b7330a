using System.Runtime.InteropServices;
using ComIm.Client.Conferencing;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>
/// A conversation as scripts see it. It follows the client's: <see cref="Session"/> tells it what has happened, and it tells
/// listeners and sinks, which never wait for each other. When a chat of two grows into a group it stays the same object.
/// </summary>
[Guid(ContractIds.ConversationClass)]
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImConversation))]
internal sealed class ConversationObject : EventSourceObject, IComImConversation
{
    private readonly Lock _gate = new();
    private readonly Application _owner;
    private readonly Session _session;
    private readonly ConversationEvents _events;
    private readonly Property _state = new("Disconnected");
    private readonly Property _topic;
    private readonly Property _uri = new();
    private readonly Property _isGroup = new(false);
    private readonly Property _count = new(0);
    private readonly ParticipantObject _self;
    private readonly ChatServiceObject _chat;
    private readonly HistoryServiceObject _history;
    private readonly Collection _participants;
    private readonly Dictionary<Participant, ParticipantObject> _byParticipant = [];
    private readonly bool _isGroupFromTheStart;

    public ConversationObject(Application owner, Session session, Conversation conversation)
        : base(typeof(IComImConversationEvents))
    {
        _owner = owner;
        _session = session;
        Client = conversation;
        _events = new ConversationEvents(this, PointFor(typeof(IComImConversationEvents)), owner.Events);
        _topic = new Property(conversation.Subject ?? "", value => SetTopicAsync(value?.ToString()));
        _chat = new ChatServiceObject(session, conversation, owner.Wrap);
        _history = new HistoryServiceObject(session, conversation, owner.Wrap);
        _self = new ParticipantObject(owner.People.Me);
        _participants = new Collection { OnAdd = AddAsync, OnRemove = RemoveAsync };
        _isGroupFromTheStart = conversation.Peer.Length == 0;
    }

    public IComImProperty State => _state;

    public IComImProperty Topic => _topic;

    public IComImProperty Uri => _uri;

    public IComImProperty IsGroupConversation => _isGroup;

    public IComImCollection Participants => _participants;

    public IComImProperty ParticipantsCount => _count;

    public IComImParticipant SelfParticipant => _self;

    public IComImChatService ChatService => _chat;

    public IComImHistoryService HistoryService => _history;

    internal Conversation Client { get; }

    public IComImPromise Leave() => _session.Promise(() => Client.LeaveAsync());

    public IComImParticipant CreateParticipant(object person) => new ParticipantObject(_owner.People.Get(People.AddressOf(person)));

    /// <summary>Takes over what has happened before anybody told us.</summary>
    internal void CatchUp()
    {
        foreach (var participant in Client.Participants)
        {
            OnParticipant(participant);
        }

        foreach (var message in Client.Messages)
        {
            OnMessage(message);
        }

        OnState(Client.State, "");
    }

    internal void OnState(ConversationState state, string reason)
    {
        // That somebody asks is told with the request, so that it can be answered when the script sees it.
        if (state != ConversationState.Requested)
        {
            Enter(state, reason);
        }
    }

    /// <summary>It has become a group, or has another topic.</summary>
    internal void OnConference()
    {
        lock (_gate)
        {
            TakeFacts();
        }
    }

    /// <summary>Somebody asks for it, and waits for the answer.</summary>
    internal void OnRequested(ConversationRequestedEventArgs request)
    {
        _chat.Request = request;
        Enter(ConversationState.Requested, "");
    }

    internal void OnMessage(ChatMessage chatMessage)
    {
        lock (_gate)
        {
            if (_chat.MessageList.FindByName(chatMessage.Id) == null)
            {
                _owner.People.Get(chatMessage.From).Name(chatMessage.FromDisplayName);
                var message = _owner.Wrap(chatMessage);
                _chat.MessageList.Insert(message.Id, message);
                _history.Add(message);
                _events.MessageAdded(message);
            }
        }
    }

    internal void OnMessageStatus(ChatMessage message, MessageStatus status) =>
        _events.MessageStatusChanged(_owner.Wrap(message), status.ToString());

    /// <summary>Somebody has come, or has changed.</summary>
    internal void OnParticipant(Participant participant)
    {
        lock (_gate)
        {
            TakeFacts();
            if (participant.IsSelf)
            {
                _self.Take(participant.Role.ToString(), participant.DisplayName);
                return;
            }

            var isNew = !_byParticipant.TryGetValue(participant, out var known);
            if (isNew && !Client.Participants.Contains(participant))
            {
                // Told late: the participant has gone already.
                return;
            }

            var target = known ?? Make(participant);
            target.Take(participant.Role.ToString(), participant.DisplayName);
            var state = ConversationWords.StateOf(participant.State);
            var hasMoved = target.Enter(state, state, "");
            if (isNew)
            {
                _byParticipant.Add(participant, target);
                _participants.Insert(target.Address, target);
                _count.Change(_participants.Count);
                _events.ParticipantAdded(target);
            }
            else if (hasMoved)
            {
                _events.ParticipantStateChanged(target, state);
            }

            if (target.SetTyping(participant.IsTyping))
            {
                _events.TypingChanged(target, participant.IsTyping);
            }
        }
    }

    internal void OnParticipantGone(Participant participant)
    {
        lock (_gate)
        {
            TakeFacts();
            if (_byParticipant.Remove(participant, out var target))
            {
                target.Enter("Disconnected", "Disconnected", "");
                _participants.Delete(target);
                _count.Change(_participants.Count);
                _events.ParticipantRemoved(target);
            }
        }
    }

    private void Enter(ConversationState state, string reason)
    {
        lock (_gate)
        {
            TakeFacts();
            var old = (string)_state.Value!;
            var now = ConversationWords.StateOf(state);
            var chatState = ConversationWords.ChatStateOf(state);
            _chat.Enter(chatState, reason);
            _self.Enter(now, chatState, reason);
            if (_state.Change(now, reason))
            {
                _events.StateChanged(now, reason, old);
            }
        }
    }

    private ParticipantObject Make(Participant participant) => new(
        _owner.People.Get(participant.Address),
        value => Client.SetRoleAsync(participant.Address, ParseRole(value?.ToString())));

    private void TakeFacts()
    {
        _uri.Change(Client.ConferenceUri);
        _isGroup.Change(_isGroupFromTheStart || Client.IsConference);
        _topic.Change(Client.Subject ?? "");
    }

    private async Task SetTopicAsync(string? topic)
    {
        await Client.SetSubjectAsync(topic).ConfigureAwait(false);
        await _session.Account!.FlushEventsAsync().ConfigureAwait(false);
        lock (_gate)
        {
            TakeFacts();
        }
    }

    private async Task<object?> AddAsync(object item)
    {
        var participant = await Client.AddParticipantAsync(People.AddressOf(item)).ConfigureAwait(false);
        await _session.Account!.FlushEventsAsync().ConfigureAwait(false);
        lock (_gate)
        {
            return _byParticipant.GetValueOrDefault(participant);
        }
    }

    private async Task RemoveAsync(object item)
    {
        await Client.RemoveParticipantAsync(People.AddressOf(item)).ConfigureAwait(false);
        await _session.Account!.FlushEventsAsync().ConfigureAwait(false);
    }

    private static ParticipantRole ParseRole(string? role) => Enum.TryParse<ParticipantRole>(role, ignoreCase: true, out var value)
        ? value
        : throw new HResultException(HResults.InvalidArgument, $"The role is Leader or Attendee, not \"{role}\".");
}
