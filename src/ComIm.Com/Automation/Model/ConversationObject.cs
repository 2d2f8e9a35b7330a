using System.Runtime.InteropServices;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>
/// A conversation as scripts see it. It follows the client's: <see cref="Session"/> tells it what has happened, on one thread at
/// a time, and it tells listeners and sinks, which never wait for each other.
/// </summary>
[Guid(ContractIds.ConversationClass)]
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImConversation))]
internal sealed class ConversationObject : EventSourceObject, IComImConversation
{
    private readonly Lock _gate = new();
    private readonly Application _owner;
    private readonly Session _session;
    private readonly Conversation _conversation;
    private readonly ConnectionPoint _events;
    private readonly Property _state = new("Disconnected");
    private readonly Property _topic;
    private readonly Property _uri = new();
    private readonly Property _isGroup = new(false);
    private readonly Property _count = new(0);
    private readonly ParticipantObject _self;
    private readonly ParticipantObject _peer;
    private readonly ChatServiceObject _chat;

    public ConversationObject(Application owner, Session session, Conversation conversation)
        : base(typeof(IComImConversationEvents))
    {
        _owner = owner;
        _session = session;
        _conversation = conversation;
        _events = PointFor(typeof(IComImConversationEvents));
        _topic = new Property(conversation.Subject ?? "", SetTopicAsync);
        _chat = new ChatServiceObject(session, conversation, owner.Wrap);
        _self = new ParticipantObject(owner.People.Get(session.Account!.Address));
        _peer = new ParticipantObject(owner.People.Get(conversation.Peer));
        ParticipantList.Insert(_peer.Address, _peer);
        _count.Change(1);
        HistoryService = new HistoryServiceObject(_chat.MessageList);
    }

    public IComImProperty State => _state;

    public IComImProperty Topic => _topic;

    public IComImProperty Uri => _uri;

    public IComImProperty IsGroupConversation => _isGroup;

    public IComImCollection Participants => ParticipantList;

    public IComImProperty ParticipantsCount => _count;

    public IComImParticipant SelfParticipant => _self;

    public IComImChatService ChatService => _chat;

    public IComImHistoryService HistoryService { get; }

    internal Conversation Client => _conversation;

    private Collection ParticipantList { get; } = new();

    public IComImPromise Leave() => _session.Promise(() => _conversation.LeaveAsync());

    public IComImParticipant CreateParticipant(object person) => new ParticipantObject(_owner.People.Get(People.AddressOf(person)));

    /// <summary>Takes over what has happened before anybody told us.</summary>
    internal void CatchUp()
    {
        foreach (var message in _conversation.Messages)
        {
            OnMessage(message);
        }

        OnState(_conversation.State, "");
    }

    internal void OnState(ConversationState state, string reason)
    {
        lock (_gate)
        {
            var old = (string)_state.Value!;
            var chatState = ConversationWords.ChatStateOf(state);
            _chat.Enter(chatState, reason);
            _self.Enter(ConversationWords.StateOf(state), chatState, reason);
            var peerState = ConversationWords.PeerStateOf(state);
            EnterParticipant(_peer, peerState, peerState, reason);
            var now = ConversationWords.StateOf(state);
            if (_state.Change(now, reason))
            {
                _events.Raise(2, now, reason, old);
                _owner.Events.Raise(4, this, now, reason, old);
            }
        }
    }

    internal void OnMessage(ChatMessage chatMessage)
    {
        lock (_gate)
        {
            if (_chat.MessageList.FindByName(chatMessage.Id) != null)
            {
                return;
            }

            if (chatMessage.Direction == MessageDirection.Incoming)
            {
                _owner.People.Get(chatMessage.From).Name(chatMessage.FromDisplayName);
            }

            var message = _owner.Wrap(chatMessage);
            _chat.MessageList.Insert(message.Id, message);
            _events.Raise(1, message);
            _owner.Events.Raise(7, this, message);
        }
    }

    internal void OnTyping(bool isTyping)
    {
        lock (_gate)
        {
            if (_peer.SetTyping(isTyping))
            {
                _events.Raise(6, _peer, isTyping);
                _owner.Events.Raise(8, this, _peer, isTyping);
            }
        }
    }

    private void EnterParticipant(ParticipantObject participant, string state, string chatState, string reason)
    {
        if (participant.Enter(state, chatState, reason))
        {
            _events.Raise(5, participant, state);
        }
    }

    private Task SetTopicAsync(object? value)
    {
        _conversation.Subject = value?.ToString();
        _topic.Change(value?.ToString() ?? "");
        return Task.CompletedTask;
    }
}
