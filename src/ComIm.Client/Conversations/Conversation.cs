using ComIm.Client.Accounts;
using ComIm.Client.Conferencing;
using ComIm.Client.Messaging;
using ComIm.Client.Messaging.Receipts;
using ComIm.Client.Messaging.Sending;
using ComIm.Client.Sessions;
using ComIm.Client.Typing;
using ComIm.Sip;
using ComIm.Sip.Messages;

namespace ComIm.Client.Conversations;

/// <summary>
/// The exchange with one person or, as a conference, with several. With one: in a session (INVITE with <c>m=message</c>) once
/// one is begun, by either side; before that in pager messages (RFC 3428). <see cref="ImAccountSettings.MessagingMode"/> says
/// otherwise. A conference always has a session, with the server's focus (RFC 4353).
/// </summary>
public sealed partial class Conversation
{
    private readonly ImAccount _account;
    private readonly ConversationSession _session;
    private readonly ConversationTyping _typing;
    private readonly ReceiptSender _receipts;
    private readonly Lock _gate = new();
    private readonly List<ChatMessage> _messages = [];

    /// <summary>Begins a conversation; nothing is sent yet.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="target">The person, or who makes the room of a group.</param>
    /// <param name="isGroup">Whether it is a group from the start.</param>
    internal Conversation(ImAccount account, SipUri target, bool isGroup)
    {
        _account = account;
        _isGroup = isGroup;
        Target = target;
        Peer = isGroup ? string.Empty : target.ToString();
        _participants = new ParticipantList(new Participant(account.Uri, isSelf: true) { DisplayName = account.DisplayName }, OnParticipantChanged);
        _roomTyping = new RoomTyping(account.Options.TimeProvider, OnTypingChanged);
        _control = new ConferenceControl(account, this, _participants);
        Sender = new MessageSender(account, this);
        _receipts = new ReceiptSender(account, this);
        _session = new ConversationSession(account, this);
        _typing = new ConversationTyping(account, this, isTyping => OnTypingChanged(Target, isTyping));
        if (!isGroup)
        {
            _participants.Set(target);
        }
    }

    /// <summary>The other person's address; of a conference its URI; empty for a group that has no room yet.</summary>
    public string Peer { get; private set; }

    /// <summary>What it is about, as the INVITE says; null where nobody said. Ours is said when the next session begins.</summary>
    public string? Subject { get; set; }

    /// <summary>Where the session stands.</summary>
    public ConversationState State => _session.State;

    /// <summary>The Ms-Conversation-ID of the last session, by which other software knows the conversation; null before the first.</summary>
    public string? ConversationId => _session.Id;

    /// <summary>
    /// The messages of both directions, in order. Of a long conversation, as that of a bot which lasts for years, only the newest stay
    /// in memory: <see cref="ImClientOptions.MessagesInMemory"/>, or up to a tenth fewer. <see cref="History.ConversationHistory"/>
    /// keeps more where it is told to.
    /// </summary>
    public IReadOnlyList<ChatMessage> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>A message of this conversation was sent or has come in.</summary>
    public event EventHandler<MessageReceivedEventArgs>? MessageAdded;

    /// <summary>A message sent in this conversation has got further, or has failed.</summary>
    public event EventHandler<MessageStatusChangedEventArgs>? MessageStatusChanged;

    /// <summary><see cref="State"/> has changed.</summary>
    public event EventHandler<ConversationStateChangedEventArgs>? StateChanged;

    /// <summary>Whether the other person, or anybody else in a conference, is typing, as far as their software says so.</summary>
    public bool PeerTyping => Participants.Any(p => p.IsTyping);

    /// <summary><see cref="PeerTyping"/> has changed.</summary>
    public event EventHandler<PeerTypingChangedEventArgs>? PeerTypingChanged;

    /// <summary>Where it stands among those that others have begun; null for one of ours. Of <see cref="ConversationList"/> alone.</summary>
    internal LinkedListNode<Conversation>? Place { get; set; }

    /// <summary>Whether nothing is under way in it.</summary>
    internal bool IsIdle => State is ConversationState.Idle or ConversationState.Disconnected;

    internal ConversationSession Session => _session;

    internal ConversationTyping Typing => _typing;

    internal MessageSender Sender { get; }

    /// <summary>Begins a session, or accepts the one that the peer asks for; does nothing where there is one.</summary>
    /// <param name="cancellationToken">Stops waiting; the session may still be made. <see cref="LeaveAsync"/> takes it back.</param>
    /// <exception cref="ImException">
    /// There is no session: the peer refused, or takes none (<see cref="ImError.NotAccepted"/>), or the account is signed out.
    /// Messages may still go as pager messages.
    /// </exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        Use();
        await _session.StartAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends the session by BYE after the messages that were given to it, takes our INVITE back, or declines the peer's. The
    /// conversation stays, and its next message begins a new session.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting for the peer's answer.</param>
    public Task LeaveAsync(CancellationToken cancellationToken = default) => _session.LeaveAsync(cancellationToken);

    /// <summary>
    /// Sends one text and waits until the other side, or a server for it, has taken it. While a session is being made the
    /// message is queued; messages of one conversation arrive in the order of the calls.
    /// </summary>
    /// <param name="text">Plain text, any Unicode.</param>
    /// <param name="cancellationToken">Stops waiting; the message may still arrive.</param>
    /// <exception cref="ImException">The account is signed out.</exception>
    /// <exception cref="MessageDeliveryException">The message was refused or could not be sent.</exception>
    public Task<ChatMessage> SendAsync(string text, CancellationToken cancellationToken = default) =>
        SendAsync(MessageContent.Plain(text), null, cancellationToken);

    /// <summary>
    /// Sends one message of any type and waits until the other side, or a server for it, has taken it. While a session is being
    /// made the message is queued; messages of one conversation arrive in the order of the calls.
    /// </summary>
    /// <param name="content">What it says.</param>
    /// <param name="options">How it is sent; null for the usual way.</param>
    /// <param name="cancellationToken">Stops waiting; the message may still arrive.</param>
    /// <exception cref="ImException">The account is signed out.</exception>
    /// <exception cref="MessageDeliveryException">The message was refused or could not be sent.</exception>
    public async Task<ChatMessage> SendAsync(
        MessageContent content, SendOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        Use();
        var message = PagerMessage.Create(_account, Peer, content);
        var item = new OutgoingMessage(message, options ?? new SendOptions());
        _typing.Ours.OnSent();
        Add(message);
        _session.Take(item);
        await item.Settled.WaitAsync(cancellationToken).ConfigureAwait(false);
        return message.Failure is null ? message : throw new MessageDeliveryException(message, message.Failure);
    }

    /// <summary>
    /// Says that the user has been shown a message: its sender is told where they asked for it (RFC 5438), once. The message is
    /// <see cref="MessageStatus.Displayed"/> from then on.
    /// </summary>
    /// <param name="message">A message of this conversation that has come in; others are passed over.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Done when the sender has been told, whatever became of it.</returns>
    public Task MarkDisplayedAsync(ChatMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Direction != MessageDirection.Incoming)
        {
            return Task.CompletedTask;
        }

        Enter(message, MessageStatus.Displayed);
        return _account.IsOver
            ? Task.CompletedTask
            : _receipts.DisplayAsync(message).WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Says that the user is typing; to be called at every key. The peer is told when it begins, while it goes on, and after 15 s
    /// without a key (RFC 3994), or in Microsoft's form where that is the peer's. A peer that refuses it is not told again.
    /// </summary>
    /// <param name="isTyping">False says at once that the user has stopped.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Done when what there was to say has been said, whatever became of it.</returns>
    /// <exception cref="ImException">The account is signed out.</exception>
    public Task SendTypingAsync(bool isTyping = true, CancellationToken cancellationToken = default)
    {
        Use();
        return (isTyping ? _typing.Ours.OnTyped() : _typing.Ours.OnStopped()).WaitAsync(cancellationToken);
    }

    internal void Add(ChatMessage message)
    {
        lock (_gate)
        {
            var most = _account.Options.MessagesInMemory;
            if (_messages.Count == most)
            {
                // A tenth at a time, so that not every message moves all the others.
                _messages.RemoveRange(0, (most + 9) / 10);
            }

            _messages.Add(message);
        }

        _account.History.OnAdded(this, message);

        if (message.Direction == MessageDirection.Incoming)
        {
            OnSpoken(message);
        }

        _account.Events.Post(MessageAdded, this, new MessageReceivedEventArgs(message, this));
    }

    /// <summary>A message that has come in is in its place: its sender may be told.</summary>
    internal void OnDelivered(ChatMessage message) => _receipts.OnDelivered(message);

    /// <summary>The peer says what became of a message.</summary>
    internal void OnReceipt(Receipt receipt)
    {
        if (Sender.Find(receipt.MessageId) is not { } message)
        {
            return;
        }

        switch (receipt.Status)
        {
            case ReceiptStatus.Displayed:
                message.Failure = null;
                Enter(message, MessageStatus.Displayed);
                break;
            case ReceiptStatus.Delivered when message.Status != MessageStatus.Displayed:
                message.Failure = null;
                Enter(message, MessageStatus.Delivered);
                break;
            case ReceiptStatus.Failed when message.Status == MessageStatus.Accepted:
                // One that is under way has a response of its own, and may be tried in another form.
                Fail(message, new ImException(ImError.Rejected, $"The message that waited for {Peer} could not be delivered."));
                break;
        }
    }

    /// <summary>The final response to a message has come. A receipt may have come before it, and says more.</summary>
    internal void Settle(ChatMessage message, SipOutcome outcome)
    {
        message.StatusCode = outcome.Failure is null ? outcome.StatusCode : 0;
        if (message.Status is MessageStatus.Delivered or MessageStatus.Displayed)
        {
            return;
        }

        if (outcome.IsSuccess)
        {
            Enter(message, outcome.StatusCode == 202 ? MessageStatus.Accepted : MessageStatus.Delivered);
        }
        else
        {
            Fail(message, ImFailures.OfMessage(outcome, Peer, _account.Server));
        }
    }

    internal void Fail(ChatMessage message, ImException cause)
    {
        message.Failure = cause;
        message.StatusCode = cause.StatusCode;
        Enter(message, MessageStatus.Failed);
    }

    internal void Enter(ChatMessage message, MessageStatus status)
    {
        if (message.Status != status)
        {
            message.Status = status;
            _account.History.OnStatus(this, message);
            _account.Events.Post(MessageStatusChanged, this, new MessageStatusChangedEventArgs(message, this, status));
        }
    }

    internal void OnStateChanged(ConversationStateChangedEventArgs args)
    {
        FollowState(args.NewState);
        if (args.OldState == ConversationState.Connected)
        {
            _typing.Ours.OnSent();
            _typing.Theirs.OnStopped();
        }

        _account.Events.Post(StateChanged, this, args);
    }

    /// <summary>The account is closing.</summary>
    internal void Close()
    {
        _typing.Ours.OnSent();
        _typing.Theirs.OnStopped();
        _roomTyping.Stop();
        _control.Unfollow();
        _session.Close();
    }

    /// <summary>We do something in it: it is one of ours.</summary>
    private void Use()
    {
        CheckSignedIn();
        _account.OnUsed(this);
    }

    private void CheckSignedIn()
    {
        if (_account.IsOver)
        {
            throw new ImException(ImError.NotSignedIn, $"{_account.Address} is signed out. Sign in before you send.");
        }
    }
}
