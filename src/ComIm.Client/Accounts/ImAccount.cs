using System.Net;
using ComIm.Client.Conferencing;
using ComIm.Client.Conversations;
using ComIm.Client.Contacts;
using ComIm.Client.History;
using ComIm.Client.Messaging;
using ComIm.Client.Messaging.Receipts;
using ComIm.Client.Presence;
using ComIm.Client.Sessions;
using ComIm.Client.Storage;
using ComIm.Sip;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Registration;
using ComIm.Sip.Transport;
using Microsoft.Extensions.Logging;

namespace ComIm.Client.Accounts;

/// <summary>One signed-in identity. Its events are raised one at a time, in order, never from a network thread.</summary>
public sealed class ImAccount : IAsyncDisposable
{
    /// <summary>The methods that are taken (RFC 3261 section 20.5).</summary>
    internal const string Allowed = "INVITE, ACK, CANCEL, BYE, UPDATE, MESSAGE, INFO, OPTIONS, SUBSCRIBE, NOTIFY";

    private static readonly TimeSpan SignOutPatience = TimeSpan.FromSeconds(5);

    private readonly Action<ImAccount> _onClosed;
    private readonly SipStack _stack;
    private readonly AccountLink _link;
    private readonly EventDispatcher _events;
    private readonly ConversationList _conversations;
    private readonly Inbox _inbox;
    private readonly IncomingRequests _incoming;
    private readonly Lock _gate = new();
    private Task? _closing;
    private bool _isMoved;

    internal ImAccount(
        ImAccountSettings settings,
        SipUri address,
        ServerSearch search,
        SipTarget target,
        AccountTransports transports,
        ImClientOptions options,
        SipLocator locator,
        AccountStorage storage,
        Action<ImAccount> onClosed)
    {
        _onClosed = onClosed;
        Storage = storage;
        Uri = address.AddressOfRecord;
        Address = Uri.ToString();
        Server = search.Name;
        Options = options;
        Settings = settings;
        DisplayName = settings.DisplayName;
        _events = new EventDispatcher(options.LoggerFactory.CreateLogger<ImAccount>());
        _conversations = new ConversationList(this);
        _inbox = new Inbox(this, _events, options.LoggerFactory.CreateLogger<Inbox>());
        Receiver = new MessageReceiver(this);
        Channels = new ImChannelList(this);
        _incoming = new IncomingRequests(this, Dialogs, new RequestSources(this, search));
        _stack = new SipStack(transports.All, IncomingRequests.RefuseAsync, StackOptions(options)) { Filter = _incoming };
        Agent = new SipUserAgent(_stack, target, AccountSignIn.AuthenticatorOf(settings, address), options.UserAgent);
        _link = new AccountLink(this, _stack, target, transports);
        Sessions = new SessionAgent(Agent, Dialogs, new SessionOptions
        {
            Identity = new NameAddress(Uri, DisplayName),
            Contact = new NameAddress(Contact),
            Allow = Allowed,
            Supported = ["replaces", "ms-sender"],
        });
        Presence = new PresenceService(this, storage.Data);
        Contacts = new ContactList(this, storage.Data);
        History = new ConversationHistory(this, storage.History);
        Registration = new SipRegistration(Agent, RegistrationOf(locator, new AccountRecovery(this, search)));
        Registration.StateChanged += OnRegistrationChanged;
        _stack.TransportFailed += OnTransportFailed;
        _stack.Start();
    }

    /// <summary>The address of record, as <c>sip:alice@example.com</c>.</summary>
    public string Address { get; }

    /// <summary>The server signed in to, as it was named.</summary>
    public string Server { get; }

    /// <summary>How the server is reached now; never <see cref="ImTransport.Auto"/>.</summary>
    public ImTransport Transport => AccountTransports.NameOf(Agent.Outbound.Transport);

    /// <summary>The name shown to others, or null.</summary>
    public string? DisplayName { get; }

    /// <summary>Where the account stands.</summary>
    public ImAccountState State { get; private set; } = ImAccountState.SigningIn;

    /// <summary>Why it stands there, where something went wrong: the server was lost, or lets the account in no longer. Else null.</summary>
    public ImException? StateCause { get; private set; }

    /// <summary>Whether it is over: signed out or rejected.</summary>
    internal bool IsOver => State is ImAccountState.SignedOut or ImAccountState.Rejected;

    /// <summary>The authentication scheme in use, <c>Digest</c>; null where the server has not asked for any.</summary>
    public string? AuthenticationScheme => Agent.Authenticator.Scheme;

    /// <summary>The authentication schemes that the server has offered so far.</summary>
    public IReadOnlyList<string> OfferedAuthenticationSchemes => Agent.Authenticator.OfferedSchemes;

    /// <summary>The address that reaches this very device from everywhere (RFC 5627), where the server has given one; else null.</summary>
    public string? Gruu => Registration.DialogContact is var contact && contact != Contact ? contact.ToString() : null;

    /// <summary>Every conversation since sign-in that has not been forgotten, in the order of their beginning.</summary>
    public IReadOnlyList<Conversation> Conversations => _conversations.All;

    /// <summary>What we say of our presence, and that of others.</summary>
    public PresenceService Presence { get; }

    /// <summary>The people that the user keeps.</summary>
    public ContactList Contacts { get; }

    /// <summary>What was written, and when.</summary>
    public ConversationHistory History { get; }

    /// <summary><see cref="State"/> has changed.</summary>
    public event EventHandler<ImAccountStateChangedEventArgs>? StateChanged;

    /// <summary>
    /// A message has come in. Each message is raised once, however often it was retransmitted. What came in before anybody
    /// listened is raised to the first who does.
    /// </summary>
    public event EventHandler<MessageReceivedEventArgs>? MessageReceived
    {
        add => _inbox.Received += value;
        remove => _inbox.Received -= value;
    }

    /// <summary>
    /// Somebody begins a session and waits for the answer. Raised where <see cref="ImAccountSettings.IncomingConversations"/> is
    /// <see cref="IncomingConversations.Ask"/>.
    /// </summary>
    public event EventHandler<ConversationRequestedEventArgs>? ConversationRequested;

    /// <summary>A conversation has begun: by us or by somebody else, with one person or as a group.</summary>
    public event EventHandler<ConversationEventArgs>? ConversationAdded;

    /// <summary>
    /// A conversation has been forgotten: by <see cref="RemoveConversationAsync"/>, or since others have begun more than
    /// <see cref="ImAccountSettings.MaxUnansweredConversations"/>.
    /// </summary>
    public event EventHandler<ConversationEventArgs>? ConversationRemoved;

    /// <summary>
    /// Somebody begins a session. Where anybody listens, every session that others begin comes here, whatever it is for, and none
    /// to <see cref="Conversations"/>.
    /// </summary>
    public event EventHandler<ImSessionOfferedEventArgs>? SessionOffered;

    internal SipUri Uri { get; }

    internal SipUri Contact => _link.Contact;

    internal ImAccountSettings Settings { get; }

    /// <summary>Where the account asks for rooms (RFC 4579 section 5.4), as <c>sip:conference-factory@example.com</c>.</summary>
    /// <exception cref="ImException"><see cref="ImAccountSettings.ConferenceFactory"/> is no address.</exception>
    public string ConferenceFactoryAddress => ConferenceFactory.Of(Settings, Uri).ToString();

    internal AccountStorage Storage { get; }

    internal DialogTable Dialogs { get; } = new();

    internal SessionAgent Sessions { get; }

    internal MessageReceiver Receiver { get; }

    internal ImSessionList ImSessions { get; } = new();

    internal WaitingReceipts WaitingReceipts { get; } = new();

    internal IPAddress LocalAddress => Contact.HostPort.Address ?? IPAddress.Loopback;

    /// <summary>Whether sessions that others begin are handled by themselves.</summary>
    internal bool HandlesSessions => SessionOffered is not null;

    /// <summary>Whether anybody answers requests for conversations.</summary>
    internal bool IsAsked => ConversationRequested is not null;

    internal ImClientOptions Options { get; }

    internal SipUserAgent Agent { get; }

    internal SipRegistration Registration { get; }

    internal EventDispatcher Events => _events;

    /// <summary>Finds the conversation with a person, or begins one. Nothing is sent until the first message.</summary>
    /// <param name="address">A SIP URI, <c>sip:bob@example.com</c>; the scheme may be left out.</param>
    /// <exception cref="ImException"><see cref="ImError.BadAddress"/>.</exception>
    public Conversation GetConversation(string address) => _conversations.Get(ImAddress.Parse(address), isTheirs: false);

    /// <summary>
    /// Leaves a conversation and forgets it, with its messages as far as <see cref="History"/> does not keep them. What the person
    /// writes afterwards begins another; what is sent in this one brings it back.
    /// </summary>
    /// <param name="conversation">A conversation of this account; one that is not there any more is passed over.</param>
    /// <param name="cancellationToken">Gives up waiting for the session's end; it is forgotten all the same.</param>
    public async Task RemoveConversationAsync(Conversation conversation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        try
        {
            await conversation.LeaveAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _conversations.Remove(conversation);
        }
    }

    /// <summary>Makes a session by itself, apart from the conversation with the same person. Nothing is sent until it is started.</summary>
    /// <param name="address">A SIP URI; the scheme may be left out.</param>
    /// <exception cref="ImException"><see cref="ImError.BadAddress"/>.</exception>
    public ImSession CreateSession(string address) => new(this, ImAddress.Parse(address));

    /// <summary>
    /// Begins a conversation that is a group from the start, with nobody in it yet. The server's focus makes its room at the
    /// first message, participant or <see cref="Conversation.StartAsync"/>.
    /// </summary>
    /// <exception cref="ImException">
    /// <see cref="ImError.BadAddress"/>: <see cref="ImAccountSettings.ConferenceFactory"/> is no address.
    /// </exception>
    public Conversation CreateConversation() => _conversations.CreateGroup(ConferenceFactory.Of(Settings, Uri));

    /// <summary>Opens a channel for requests that are no chat. What comes in from the address goes there while it is held.</summary>
    /// <param name="address">A SIP URI; the scheme may be left out.</param>
    /// <exception cref="ImException"><see cref="ImError.BadAddress"/>.</exception>
    public ImChannel OpenChannel(string address) => Channels.Open(ImAddress.Parse(address).AddressOfRecord);

    /// <summary>Sends one text and waits until the other side, or a server for it, has taken it.</summary>
    /// <param name="to">A SIP URI; the scheme may be left out.</param>
    /// <param name="text">Plain text, any Unicode.</param>
    /// <param name="cancellationToken">Stops waiting; the message may still arrive.</param>
    /// <exception cref="ImException">The address is none, or the account is not signed in.</exception>
    /// <exception cref="MessageDeliveryException">The message was refused or could not be sent.</exception>
    public Task<ChatMessage> SendAsync(string to, string text, CancellationToken cancellationToken = default) =>
        GetConversation(to).SendAsync(text, cancellationToken);

    /// <summary>Sends one message of any type and waits until the other side, or a server for it, has taken it.</summary>
    /// <param name="to">A SIP URI; the scheme may be left out.</param>
    /// <param name="content">What it says.</param>
    /// <param name="options">How it is sent; null for the usual way.</param>
    /// <param name="cancellationToken">Stops waiting; the message may still arrive.</param>
    /// <exception cref="ImException">The address is none, or the account is not signed in.</exception>
    /// <exception cref="MessageDeliveryException">The message was refused or could not be sent.</exception>
    public Task<ChatMessage> SendAsync(
        string to, MessageContent content, SendOptions? options = null, CancellationToken cancellationToken = default) =>
        GetConversation(to).SendAsync(content, options, cancellationToken);

    /// <summary>
    /// The messages that come in from the call on, until the account signs out; to the first who listens also those that
    /// came in before. Each caller has its own queue.
    /// </summary>
    /// <param name="cancellationToken">Ends the sequence.</param>
    public IAsyncEnumerable<ChatMessage> ReceiveAsync(CancellationToken cancellationToken = default) =>
        _inbox.Subscribe(cancellationToken);

    /// <summary>
    /// Removes the registration (RFC 3261 section 10.2.2) and closes the connection. Doing it twice does nothing. A server that
    /// does not answer is waited for five seconds; the binding then ends by itself.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting for the server's answer; the account is signed out all the same.</param>
    public async Task SignOutAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await LeaveAndUnregisterAsync(cancellationToken)
                .WaitAsync(SignOutPatience, Options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The server is gone, and so is what there was to remove.
        }
        finally
        {
            await CloseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Ends when every event that was caused before the call has been raised, so that what follows comes after its handlers. Not
    /// to be waited for by a handler.
    /// </summary>
    public Task FlushEventsAsync() => _events.FlushAsync();

    /// <summary>The same as <see cref="SignOutAsync"/>.</summary>
    public async ValueTask DisposeAsync() => await SignOutAsync().ConfigureAwait(false);

    /// <summary>Goes to where the server is, from where this computer is by now.</summary>
    internal async Task MoveToAsync(SipTarget server)
    {
        if (await _link.MoveToAsync(server).ConfigureAwait(false))
        {
            _isMoved = true;
            Registration.MoveTo(Contact);
            Sessions.MoveTo(new NameAddress(Contact));
        }
    }

    /// <summary>This computer's network is another one: if its address is, or the server was not there before, it is looked for now.</summary>
    internal void OnNetworkChanged() => Registration.OnNetworkChanged();

    internal Task CloseAsync()
    {
        lock (_gate)
        {
            return _closing ??= CloseOnceAsync();
        }
    }

    internal void Enter(ImAccountState state, ImException? cause)
    {
        ImAccountState old;
        lock (_gate)
        {
            old = State;
            if (old == state || IsOver)
            {
                return;
            }

            (State, StateCause) = (state, cause);
        }

        _events.Post(StateChanged, this, new ImAccountStateChangedEventArgs(old, state, cause));
    }

    /// <summary>The conversation with whoever sent something.</summary>
    internal Conversation ConversationWith(SipUri from) => _conversations.Get(from.AddressOfRecord, isTheirs: true);

    /// <summary>The conversation of a room that we are asked into.</summary>
    internal Conversation ConferenceAt(SipUri room) => _conversations.GetConference(room);

    /// <summary>The conversation whose session is to be replaced; null where there is none.</summary>
    internal Conversation? ConversationOf(DialogId dialog) => _conversations.Find(dialog);

    internal void OnMoved(Conversation conversation, SipUri from, SipUri room) => _conversations.OnMoved(conversation, from, room);

    /// <summary>A message has come in that nobody has seen yet.</summary>
    internal void Deliver(ChatMessage message, Conversation conversation)
    {
        conversation.Add(message);
        _inbox.Add(new MessageReceivedEventArgs(message, conversation));
        conversation.OnDelivered(message);
    }

    internal ImChannelList Channels { get; }

    internal void RaiseOffered(ImSession session) => _events.Post(SessionOffered, this, new ImSessionOfferedEventArgs(session));

    internal void RaiseAdded(Conversation conversation) => _events.Post(ConversationAdded, this, new ConversationEventArgs(conversation));

    internal void RaiseRemoved(Conversation conversation) => _events.Post(ConversationRemoved, this, new ConversationEventArgs(conversation));

    /// <summary>We do something in a conversation.</summary>
    internal void OnUsed(Conversation conversation) => _conversations.OnUsed(conversation);

    /// <summary>Whether there are as many sessions as there may be.</summary>
    internal bool IsBusy => _conversations.IsBusy || ImSessions.IsFull;

    internal void RaiseRequested(ConversationRequestedEventArgs args) => _events.Post(ConversationRequested, this, args);

    private static SipStackOptions StackOptions(ImClientOptions options) => new()
    {
        TimeProvider = options.TimeProvider,
        LoggerFactory = options.LoggerFactory,
        Trace = options.Trace is { } trace ? entry => trace(ImTraceEntry.Of(entry)) : null,
        IsTracing = options.IsTracing,
    };

    private RegistrationSettings RegistrationOf(SipLocator locator, IRegistrationFailover failover) =>
        new(Uri, Contact, Settings.RegistrationLifetime, DisplayName)
        {
            InstanceId = "urn:uuid:" + (Settings.InstanceId ?? Storage.InstanceId ?? Options.InstanceId).ToString("D"),
            WantsGruu = true,
            Locator = locator,
            Failover = failover,
        };

    private void OnTransportFailed(ISipTransport transport, IPEndPoint? remote)
    {
        if (!_link.IsFlow(transport, remote))
        {
            return;
        }

        if (State == ImAccountState.SignedIn)
        {
            Enter(ImAccountState.Reconnecting, new ImException(ImError.ServerUnreachable, $"The connection to {Server} was lost."));
        }

        Registration.OnConnectionLost();
    }

    /// <summary>
    /// Sessions go on from another address only when their peers have been told of it, and over another connection only when the
    /// servers between have: they remember the old one. A room is asked in its own way.
    /// </summary>
    private void RefreshWhereMoved(bool isConnectedAgain)
    {
        var isMoved = Interlocked.Exchange(ref _isMoved, false);
        isConnectedAgain &= Agent.Outbound.Transport != SipTransportKind.Udp;
        foreach (var conversation in Conversations.Where(c => isMoved || (isConnectedAgain && !c.IsConference)))
        {
            conversation.Session.Refresh();
        }
    }

    private void OnRegistrationChanged(RegistrationState state, SipOutcome? outcome)
    {
        var cause = outcome is null || outcome.IsSuccess ? null : ImFailures.OfSignIn(outcome, Address, Server);
        switch (state)
        {
            case RegistrationState.Registered:
                _link.OnRegistered();
                var isAgain = State == ImAccountState.Reconnecting;
                Enter(ImAccountState.SignedIn, null);
                Presence.OnSignedIn(isAgain);
                RefreshWhereMoved(isAgain);
                if (isAgain)
                {
                    // A room may have given us up meanwhile.
                    _ = Task.WhenAll(Conversations.Select(c => c.Session.ProbeAsync()));
                }

                break;
            case RegistrationState.Recovering:
                Enter(ImAccountState.Reconnecting, cause);
                Presence.OnLost(cause);
                break;
            case RegistrationState.Rejected:
                Enter(ImAccountState.Rejected, cause);
                _ = CloseAsync();
                break;
        }
    }

    private async Task LeaveAndUnregisterAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll([.. Conversations.Select(c => c.LeaveAsync(cancellationToken)), Presence.LeaveAsync()]).ConfigureAwait(false);
        await Registration.UnregisterAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task CloseOnceAsync()
    {
        Enter(ImAccountState.SignedOut, null);
        foreach (var conversation in Conversations)
        {
            conversation.Close();
        }

        ImSessions.Close();

        Presence.Close();
        await _link.DisposeAsync().ConfigureAwait(false);
        await Registration.DisposeAsync().ConfigureAwait(false);
        await _incoming.DisposeAsync().ConfigureAwait(false);
        await _stack.DisposeAsync().ConfigureAwait(false);
        _inbox.Complete();
        await _events.DisposeAsync().ConfigureAwait(false);
        Storage.Dispose();
        _onClosed(this);
    }
}
