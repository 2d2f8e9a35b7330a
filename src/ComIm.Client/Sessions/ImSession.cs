using ComIm.Client.Accounts;
using ComIm.Client.Typing;
using ComIm.Sip;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Client.Sessions;

/// <summary>
/// One session with one peer, from its INVITE to its BYE, and nothing beside it: it falls back to no pager messages, begins
/// nothing anew, and there may be several with one peer. For applications that handle sessions themselves; a
/// <see cref="Conversations.Conversation"/> does that by itself. Its state changes here and nowhere else; its events are
/// raised in order with all others of the account.
/// </summary>
public sealed partial class ImSession : ISessionHandler
{
    private const int MaxRedirects = 5;

    // A caller without a timer of its own would wait for ever; three minutes is a proxy's patience (RFC 3261 timer C).
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromMinutes(3);

    // What a peer or a server that is gone may hold up the end of a session by.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly ImAccount _account;
    private readonly SipUri _peer;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private OutgoingInvite? _outgoing;
    private IncomingInvite? _incoming;
    private ITimer? _answerTimer;
    private InviteSession? _session;
    private bool _isEnding;

    internal ImSession(ImAccount account, SipUri peer)
    {
        _account = account;
        _peer = peer;
        Peer = peer.ToString();
        _ours = new TypingSender(account.Options.TimeProvider, SendTypingAsync, () => TypingForms.RefreshOf(FormOfTyping));
        _theirs = new TypingReceiver(account.Options.TimeProvider, OnPeerTyping);
        _lastSent = _connected.Task;
    }

    /// <summary>The other side's address.</summary>
    public string Peer { get; }

    /// <summary>The other side's name, where it has told one; else null.</summary>
    public string? PeerDisplayName { get; private set; }

    /// <summary>The Ms-Conversation-ID: theirs, or what ours is to say. To be set before <see cref="Start"/>; null says none.</summary>
    public string? ConversationId { get; set; }

    /// <summary>Where it stands.</summary>
    public ImSessionState State { get; private set; }

    /// <summary>The peer's INVITE; null where we began.</summary>
    public SipRequest? Invitation { get; private init; }

    /// <summary>What the peer's INVITE offers; null where it offers nothing, or where we began.</summary>
    public SessionBody? Offer { get; private init; }

    /// <summary>What the peer has said about the session; null before it is connected.</summary>
    public SessionBody? PeerDescription => _session?.RemoteBody;

    /// <summary>Whether the peer's INVITE can be taken for messages: it offers them, or leaves the offer to us.</summary>
    public bool OffersMessages => IsPager || (Invitation is not null && (Offer is null || (IsSdp(Offer) && MessageDescription.IsAccepted(Offer.Content.Span))));

    /// <summary>A provisional response has come to our INVITE.</summary>
    public event EventHandler<ImSessionProgressEventArgs>? Progressed;

    /// <summary><see cref="State"/> has changed.</summary>
    public event EventHandler<ImSessionStateChangedEventArgs>? StateChanged;

    /// <summary>Sends the INVITE.</summary>
    /// <param name="offer">What it offers; null offers messages.</param>
    /// <param name="prepare">Completes the INVITE before it is sent: further header fields.</param>
    /// <exception cref="ImException"><see cref="ImError.NotSignedIn"/>.</exception>
    /// <exception cref="InvalidOperationException">It has begun before.</exception>
    public void Start(SessionBody? offer = null, Action<SipRequest>? prepare = null)
    {
        lock (_gate)
        {
            if (State != ImSessionState.Idle)
            {
                throw new InvalidOperationException("A session begins once.");
            }

            if (!_account.ImSessions.TryAdd(this))
            {
                throw new ImException(ImError.NotSignedIn, $"{_account.Address} is signed out.");
            }

            Enter(ImSessionState.Inviting);
            Invite(_peer, offer, prepare, 0);
        }
    }

    /// <summary>Accepts the peer's INVITE.</summary>
    /// <param name="answer">The answer to the offer; null answers an offer of messages.</param>
    /// <returns>False where there is none to accept any more: withdrawn, or answered before.</returns>
    public bool Accept(SessionBody? answer = null)
    {
        lock (_gate)
        {
            if (State == ImSessionState.Offered && IsPager)
            {
                AcceptPager();
                return true;
            }

            if (State != ImSessionState.Offered || _incoming is not { } invite)
            {
                return false;
            }

            answer ??= Offer is null
                ? MessageDescription.Offer(_account.LocalAddress, _account.Receiver.Accepted.Attribute)
                : MessageDescription.Answer(Offer.Content.Span, _account.LocalAddress, _account.Address, _account.Receiver.Accepted.Attribute);
            if (answer is null || invite.Accept(answer) is not { } session)
            {
                Refuse(answer is null ? 488 : 0);
                return false;
            }

            ForgetIncoming();
            _firstText = FirstText.Read(invite.Request);
            Establish(session);
            return true;
        }
    }

    /// <summary>Rejects the peer's INVITE.</summary>
    /// <param name="statusCode">The SIP status: 480, 486, 488, 603 …, or 302 with other addresses.</param>
    /// <param name="contacts">Addresses to try instead, for 300 to 399.</param>
    /// <returns>False where there is none to reject any more.</returns>
    public bool Reject(int statusCode, IReadOnlyList<string>? contacts = null)
    {
        lock (_gate)
        {
            return State == ImSessionState.Offered && Refuse(statusCode, contacts);
        }
    }

    /// <summary>
    /// Ends the session: takes our INVITE back, declines the peer's, or says BYE after what was sent before. Nobody is waited
    /// for longer than some seconds.
    /// </summary>
    /// <param name="statusCode">How the peer's INVITE is declined, where it still waits; 603 where 0.</param>
    public async Task EndAsync(int statusCode = 0)
    {
        Task sent;
        lock (_gate)
        {
            if (State == ImSessionState.Ended || _isEnding)
            {
                return;
            }

            if (State != ImSessionState.Connected)
            {
                Drop(ImSessionEnding.Left, statusCode == 0 ? 603 : statusCode);
                return;
            }

            _isEnding = true;
            sent = _lastSent;
        }

        // What came in is answered first, too: a handler may be the caller, and its sender would not know what became of it.
        await Patiently(_lastAnswered).ConfigureAwait(false);
        await Patiently(sent).ConfigureAwait(false);
        if (_session is { } session)
        {
            await Patiently(session.ByeAsync()).ConfigureAwait(false);
        }

        Leave(ImSessionEnding.Left);
    }

    /// <inheritdoc/>
    void ISessionHandler.OnProgress(OutgoingInvite invite, SipResponse response) =>
        _account.Events.Post(Progressed, this, new ImSessionProgressEventArgs(response.StatusCode));

    /// <inheritdoc/>
    void ISessionHandler.OnEnded(InviteSession session, SessionEnd ending)
    {
        lock (_gate)
        {
            if (State == ImSessionState.Offered && session.Dialog.Id.CallId == _incoming?.Request.CallId)
            {
                // Its Expires has run out, or the caller has ended the early dialog by BYE (RFC 3261 section 15).
                ForgetIncoming();
                Finish(ImSessionEnding.Withdrawn, null);
                return;
            }

            if (session != _session || _isEnding)
            {
                return;
            }
        }

        Leave(ending.Reason is SessionEndReason.RemoteBye ? ImSessionEnding.PeerLeft : ImSessionEnding.PeerLost);
    }

    /// <summary>An INVITE has come in; null where it has been refused.</summary>
    internal static ImSession? Receive(ImAccount account, Sip.Transactions.ServerTransaction transaction, SipUri from)
    {
        var session = new ImSession(account, from.AddressOfRecord)
        {
            Invitation = transaction.Request,
            Offer = ReadOffer(transaction.Request),
            ConversationId = Conversations.ConversationId.IsUsable(transaction.Request.Headers.Get("Ms-Conversation-ID"))
                ? transaction.Request.Headers.Get("Ms-Conversation-ID") : null,
            PeerDisplayName = transaction.Request.From?.DisplayName,
        };
        if (!account.ImSessions.TryAdd(session))
        {
            transaction.Respond(480);
            return null;
        }

        if (account.Sessions.Receive(transaction, session) is not { } invite)
        {
            account.ImSessions.Remove(session);
            return null;
        }

        session.OnInvite(invite);
        return session.State == ImSessionState.Offered ? session : null;
    }

    internal bool IsWith(SipUri peer) => _peer.Equals(peer);

    /// <summary>The account is closing: nobody is waited for.</summary>
    internal void Close()
    {
        InviteSession? session;
        lock (_gate)
        {
            session = State == ImSessionState.Connected && !_isEnding ? _session : null;
            if (session is null)
            {
                // What is being ended, or has no dialog, is only forgotten.
                Drop(ImSessionEnding.SignedOut, 480);
                return;
            }

            _isEnding = true;
        }

        _ = session.ByeAsync();
        Leave(ImSessionEnding.SignedOut);
    }

    private void OnInvite(IncomingInvite invite)
    {
        lock (_gate)
        {
            _incoming = invite;
            Enter(ImSessionState.Offered);
            invite.Ring();
            _answerTimer = _account.Options.TimeProvider.CreateTimer(_ => OnNoAnswer(), null, AnswerPatience, Timeout.InfiniteTimeSpan);
        }

        invite.Cancelled.Register(OnWithdrawn);
    }

    private void OnNoAnswer()
    {
        lock (_gate)
        {
            if (State == ImSessionState.Offered)
            {
                Drop(ImSessionEnding.Withdrawn, 480);
            }
        }
    }

    private void OnWithdrawn()
    {
        lock (_gate)
        {
            if (State == ImSessionState.Offered)
            {
                ForgetIncoming();
                Finish(ImSessionEnding.Withdrawn, null);
            }
        }
    }

    private void Invite(SipUri to, SessionBody? offer, Action<SipRequest>? prepare, int redirects)
    {
        var isMessaging = offer is null;
        var body = offer ?? MessageDescription.Offer(_account.LocalAddress, _account.Receiver.Accepted.Attribute);
        var invite = _outgoing = _account.Sessions.Invite(to, body, this, request =>
        {
            request.Headers.Set(HeaderId.To, new NameAddress(_peer.WithoutHeaders()).ToString());
            if (ConversationId is { } id)
            {
                request.Headers.Add("Ms-Conversation-ID", id);
            }

            prepare?.Invoke(request);
        });
        _ = AwaitAnswerAsync(invite, isMessaging, contact => Invite(contact, offer, prepare, redirects + 1), redirects < MaxRedirects);
    }

    private async Task AwaitAnswerAsync(OutgoingInvite invite, bool isMessaging, Action<SipUri> redirect, bool mayRedirect)
    {
        var (outcome, session) = await invite.Completion.ConfigureAwait(false);
        lock (_gate)
        {
            if (_outgoing != invite)
            {
                _ = session?.ByeAsync();
                return;
            }

            _outgoing = null;
            if (session is not null && (!isMessaging || MessageDescription.IsAccepted(session.RemoteBody is { } body ? body.Content.Span : [])))
            {
                Establish(session);
            }
            else if (session is null && mayRedirect && FollowsRedirects && RedirectOf(outcome) is { } contact)
            {
                redirect(contact);
            }
            else
            {
                _ = session?.ByeAsync();
                Finish(ImSessionEnding.Refused, session is null
                    ? ImFailures.OfMessage(outcome, Peer, _account.Server)
                    : new ImException(ImError.NotAccepted, $"{Peer} takes no messages in sessions.", 488, "Not Acceptable Here"));
            }
        }
    }

    private void Establish(InviteSession session)
    {
        _session = session;
        Enter(ImSessionState.Connected);
        _connected.TrySetResult();
        if (session.State == InviteSessionState.Ended)
        {
            // It ended before it was known here.
            Finish(ImSessionEnding.PeerLeft, null);
        }
    }

    private bool Refuse(int statusCode, IReadOnlyList<string>? contacts = null)
    {
        var invite = ForgetIncoming();
        RejectPager(statusCode is 408 or < 400 ? 480 : statusCode);
        if (statusCode != 0)
        {
            invite?.Reject(statusCode, response =>
            {
                foreach (var contact in contacts ?? [])
                {
                    response.Headers.Add(HeaderId.Contact, contact);
                }
            });
        }

        Finish(statusCode != 0 ? ImSessionEnding.Rejected : ImSessionEnding.Withdrawn, null);
        return true;
    }

    /// <summary>Gives up what is not connected.</summary>
    private void Drop(ImSessionEnding ending, int statusCode)
    {
        _outgoing?.Cancel();
        _outgoing = null;
        ForgetIncoming()?.Reject(statusCode);
        RejectPager(statusCode);
        Finish(ending, null);
    }

    private void Leave(ImSessionEnding ending)
    {
        lock (_gate)
        {
            DeliverFirstText(null);
            Finish(ending, null);
        }
    }

    private void Finish(ImSessionEnding ending, ImException? cause)
    {
        if (State == ImSessionState.Ended)
        {
            return;
        }

        _ours.OnSent();
        _theirs.OnStopped();
        Enter(ImSessionState.Ended, ending, cause);

        // Transactions linger, and hold the session for some time; those who listened are not held with it.
        (Progressed, StateChanged, MessageReceived, PeerTypingChanged, RequestReceived) = (null, null, null, null, null);
        _account.ImSessions.Remove(this);
        _over.TrySetResult();
    }

    private void Enter(ImSessionState state, ImSessionEnding ending = ImSessionEnding.None, ImException? cause = null)
    {
        var old = State;
        State = state;
        _account.Events.Post(StateChanged, this, new ImSessionStateChangedEventArgs(old, state, ending, cause));
    }

    private IncomingInvite? ForgetIncoming()
    {
        var invite = _incoming;
        _answerTimer?.Dispose();
        (_incoming, _answerTimer) = (null, null);
        return invite;
    }

    private async Task Patiently(Task task)
    {
        try
        {
            await task.WaitAsync(EndPatience, _account.Options.TimeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (TimeoutException)
        {
            // It goes on without us.
        }
    }

    private static SipUri? RedirectOf(SipOutcome outcome) => outcome.Failure is null && outcome.StatusCode is >= 300 and < 400
        ? outcome.Response.Headers.GetValues(HeaderId.Contact)
            .Select(static value => NameAddress.TryParse(value, out var contact) ? contact.Uri : null).FirstOrDefault(static uri => uri is not null)
        : null;

    private static SessionBody? ReadOffer(SipRequest invite)
    {
        var decoded = invite.Body.IsEmpty ? null : Sip.Bodies.SipBody.Decode(invite).Body?.Select(
            part => part.Type.Is(MessageDescription.ContentType) ? Sip.Bodies.BodyRejection.None : Sip.Bodies.BodyRejection.UnsupportedMediaType).Body;
        return decoded is null ? SessionBody.Of(invite) : new SessionBody(MessageDescription.ContentType, decoded.Content);
    }

    private static bool IsSdp(SessionBody body) => body.ContentType.StartsWith(MessageDescription.ContentType, StringComparison.OrdinalIgnoreCase);
}
