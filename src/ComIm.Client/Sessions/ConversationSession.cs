using System.Net;
using ComIm.Client.Accounts;
using ComIm.Client.Conferencing;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Sip;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Client.Sessions;

/// <summary>
/// The session of one conversation, from INVITE to BYE, and the messages that wait for it. Its state changes here and nowhere
/// else. Sessions that lose their race (both sides begin at once, the peer begins anew) are ended without being noticed.
/// </summary>
internal sealed partial class ConversationSession(ImAccount account, Conversation conversation) : ISessionHandler
{
    private const int MaxGlares = 3;

    // A caller without a timer of its own would wait for ever; three minutes is a proxy's patience (RFC 3261 timer C).
    private static readonly TimeSpan AskPatience = TimeSpan.FromMinutes(3);

    private readonly Lock _gate = new();
    private OutgoingInvite? _outgoing;
    private IncomingInvite? _incoming;
    private ITimer? _askTimer;
    private InviteSession? _session;
    private TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _firstText;
    private bool _isClosed;

    public ConversationState State { get; private set; }

    /// <summary>The session's dialog id for others; null until there is a session or an INVITE.</summary>
    public string? Id { get; private set; }

    /// <summary>The session there is.</summary>
    public InviteSession? Current => _session;

    // Both sides know which INVITE gives way when two cross: the one of the greater address.
    private bool WinsGlare => string.CompareOrdinal(account.Address, conversation.Peer) < 0;

    private IPAddress LocalAddress => account.LocalAddress;

    private string Accepted => account.Receiver.Accepted.Attribute;

    /// <summary>Begins a session, or takes the one that is offered.</summary>
    /// <returns>Done when there is a session; fails with the reason where there is none.</returns>
    public Task StartAsync()
    {
        lock (_gate)
        {
            if (account.Settings.MessagingMode == MessagingMode.Pager)
            {
                throw new ImException(ImError.NotAccepted, "The account is set to pager messages only. Choose another messaging mode.");
            }

            (_isPagerOnly, _fruitless) = (false, 0);
            if (State == ConversationState.Requested)
            {
                TakeIncoming();
            }
            else if (State is ConversationState.Idle or ConversationState.Disconnected)
            {
                Connect();
            }

            return _connected.Task;
        }
    }

    /// <summary>An INVITE of the peer has come; its body has been found to be none or a description.</summary>
    public void OnInvite(IncomingInvite invite, ReadOnlySpan<byte> offer)
    {
        var answer = offer.IsEmpty
            ? MessageDescription.Offer(LocalAddress, Accepted)
            : MessageDescription.Answer(offer, LocalAddress, account.Address, Accepted);
        if (answer is null || account.Settings.MessagingMode == MessagingMode.Pager || _isClosed)
        {
            invite.Reject(_isClosed ? 480 : 488);
            return;
        }

        lock (_gate)
        {
            if (State == ConversationState.Requested || (State == ConversationState.Connecting && invite.Request.CallId == _outgoing?.CallId))
            {
                // A second one beside the first, or our own that came round.
                invite.Reject(State == ConversationState.Requested ? 491 : 482);
            }
            else if (State == ConversationState.Connecting && WinsGlare)
            {
                invite.Reject(491);
            }
            else
            {
                Receive(invite, answer);
            }
        }
    }

    /// <summary>Accepts the INVITE that waits.</summary>
    /// <param name="request">Which.</param>
    public bool Accept(object request)
    {
        lock (_gate)
        {
            return _incoming == request && TakeIncoming();
        }
    }

    /// <summary>Rejects the INVITE that waits.</summary>
    /// <param name="request">Which.</param>
    /// <param name="rejection">What the peer is told.</param>
    public bool Reject(object request, ConversationRejection rejection)
    {
        lock (_gate)
        {
            if (_incoming != request)
            {
                return false;
            }

            ForgetIncoming()!.Reject((int)rejection);
            Enter(ConversationState.Disconnected, ConversationStateReason.Rejected);
            return true;
        }
    }

    /// <summary>Ends the session, or takes its INVITE back. What was sent into the session before goes first.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        Task sending;
        lock (_gate)
        {
            sending = State == ConversationState.Connected ? _sending : Task.CompletedTask;
        }

        await sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        InviteSession? session;
        lock (_gate)
        {
            session = Drop(ConversationStateReason.Left);
        }

        if (session is not null)
        {
            await session.ByeAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The account is closing: nothing more is sent or taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Drop(ConversationStateReason.SignedOut);
        }
    }

    /// <inheritdoc/>
    void ISessionHandler.OnRequest(InviteSession session, ServerTransaction transaction) =>
        account.Receiver.ReceiveInside(transaction, conversation, this, IsOfRoom(session));

    /// <inheritdoc/>
    void ISessionHandler.OnEnded(InviteSession session, SessionEnd ending)
    {
        lock (_gate)
        {
            if (session == _session && session == _leaving)
            {
                _leavingEnd = ending;
            }
            else if (session == _session)
            {
                OnLost(ending);
            }
            else if (_incoming is { } invite && session.Dialog.Id.CallId == invite.Request.CallId)
            {
                Withdraw(invite);
            }
        }
    }

    private void Connect()
    {
        NewConnection();
        Id = Id is null ? ConversationId.New(account.Options.TimeProvider.GetUtcNow()) : ConversationId.Reenter(Id);
        Enter(ConversationState.Connecting, ConversationStateReason.Started);
        Invite(1);
    }

    private void Invite(int attempt)
    {
        var invite = _outgoing = account.Sessions.Invite(conversation.Target, MessageDescription.Offer(LocalAddress, Accepted), this, request =>
        {
            request.Headers.Add("Ms-Conversation-ID", Id!);
            if (conversation.Subject is { Length: > 0 } subject)
            {
                request.Headers.Add(HeaderId.Subject, new string([.. subject.Select(c => char.IsControl(c) ? ' ' : c)]));
            }
        });
        _ = AwaitAnswerAsync(invite, attempt);
    }

    private async Task AwaitAnswerAsync(OutgoingInvite invite, int attempt)
    {
        var (outcome, session) = await invite.Completion.ConfigureAwait(false);
        if (outcome is { StatusCode: 491, Failure: null } && attempt < MaxGlares)
        {
            // The peer's own INVITE is on its way. The pauses are those of RFC 3261 section 14.1.
            var pause = WinsGlare ? 2.1 + (1.9 * Random.Shared.NextDouble()) : 2 * Random.Shared.NextDouble();
            await Task.Delay(TimeSpan.FromSeconds(pause), account.Options.TimeProvider).ConfigureAwait(false);
            lock (_gate)
            {
                if (_outgoing == invite)
                {
                    Invite(attempt + 1);
                }
            }

            return;
        }

        OnAnswered(invite, outcome, session);
    }

    private void OnAnswered(OutgoingInvite invite, SipOutcome outcome, InviteSession? session)
    {
        var isTaken = session is not null && MessageDescription.IsAccepted(session.RemoteBody is { } body ? body.Content.Span : []);
        var room = session is null ? null : FocusContact.RoomOf(outcome.Response);
        lock (_gate)
        {
            if (_outgoing != invite)
            {
                End(session);
                return;
            }

            _outgoing = null;
            if (isTaken && (room is not null || !conversation.IsGroup))
            {
                if (room is not null)
                {
                    conversation.EnterConference(room);
                }

                Establish(session!, ConversationStateReason.Answered);
                return;
            }

            End(session);
            OnRefused(outcome, session is not null || IsPagerOnly(outcome));
        }
    }

    private void OnRefused(SipOutcome outcome, bool isPagerOnly)
    {
        if (conversation.IsGroup)
        {
            _isCutOff &= outcome.Failure is not null;
            var refusal = conversation.IsConference
                ? ConferenceFailures.OfRoom(outcome, account.Server)
                : ConferenceFailures.OfFactory(outcome, conversation.Target.ToString(), account.Server);
            Enter(ConversationState.Disconnected, ConversationStateReason.Refused, refusal);
            FailAll(refusal);
            return;
        }

        var cause = ImFailures.OfMessage(outcome, conversation.Peer, account.Server);
        Enter(
            isPagerOnly ? ConversationState.Idle : ConversationState.Disconnected,
            isPagerOnly ? ConversationStateReason.PagerOnly : ConversationStateReason.Refused,
            cause);
        if (_isSessionOnly)
        {
            // It takes neither; the next message may find it changed.
            _isSessionOnly = false;
            FailAll(cause);
        }
        else if (account.Settings.MessagingMode == MessagingMode.Auto && (isPagerOnly || outcome.StatusCode == 480))
        {
            // Somebody who is away can have no session; a pager message may be kept for them.
            (_isPagerOnly, _isPagerNow) = (isPagerOnly, _queue.Count > 0);
            Advance();
        }
        else
        {
            FailAll(cause);
        }
    }

    private void Receive(IncomingInvite invite, SessionBody answer)
    {
        _outgoing?.Cancel();
        _outgoing = null;
        var isWanted = State is ConversationState.Connecting or ConversationState.Connected;
        var policy = account.Settings.IncomingConversations;
        if (!isWanted && (policy == IncomingConversations.Reject || (policy == IncomingConversations.Ask && !account.IsAsked)))
        {
            invite.Reject((int)ConversationRejection.NotAvailable);
            return;
        }

        NewConnection();
        Id = ConversationId.IsUsable(invite.Request.Headers.Get("Ms-Conversation-ID")) ? invite.Request.Headers.Get("Ms-Conversation-ID") : Id;
        conversation.Subject = invite.Request.Headers.Get(HeaderId.Subject) ?? conversation.Subject;
        (_incoming, _answer) = (invite, answer);
        if (isWanted || policy == IncomingConversations.Accept)
        {
            TakeIncoming();
            return;
        }

        Enter(ConversationState.Requested, ConversationStateReason.StartedByPeer);
        invite.Ring();
        invite.Cancelled.Register(() => OnWithdrawn(invite));
        if (_incoming != invite)
        {
            // It had been withdrawn before.
            return;
        }

        _askTimer = account.Options.TimeProvider.CreateTimer(
            _ => Reject(invite, ConversationRejection.NotAvailable), null, AskPatience, Timeout.InfiniteTimeSpan);
        account.RaiseRequested(new ConversationRequestedEventArgs(this, invite, conversation, FirstText.Read(invite.Request)));
    }

    private bool TakeIncoming()
    {
        var answer = _answer;
        var invite = ForgetIncoming()!;
        if (invite.Accept(answer) is not { } session)
        {
            Withdraw(invite);
            return false;
        }

        End(_session);
        DeliverFirstText(null);
        _firstText = FirstText.Read(invite.Request);
        Establish(session, ConversationStateReason.StartedByPeer);
        return true;
    }

    private void OnWithdrawn(IncomingInvite invite)
    {
        lock (_gate)
        {
            if (_incoming == invite)
            {
                Withdraw(invite);
            }
        }
    }

    private void Withdraw(IncomingInvite invite)
    {
        if (_incoming == invite)
        {
            ForgetIncoming();
        }

        if (_session is null && _outgoing is null)
        {
            Enter(ConversationState.Disconnected, ConversationStateReason.Withdrawn);
            Advance();
        }
    }

    private IncomingInvite? ForgetIncoming()
    {
        var invite = _incoming;
        _askTimer?.Dispose();
        (_incoming, _answer, _askTimer) = (null, null, null);
        return invite;
    }

    private void Establish(InviteSession session, ConversationStateReason reason)
    {
        (_session, _isCutOff) = (session, false);
        (_isPagerOnly, _isPagerNow, _isSessionOnly, _hasSessions) = (false, false, false, true);
        Enter(ConversationState.Connected, reason);
        if (session.State == InviteSessionState.Ended)
        {
            // It ended before it was known here.
            _session = null;
            Enter(ConversationState.Disconnected, ConversationStateReason.PeerLeft);
        }

        Advance();
    }

    /// <summary>Gives up whatever there is; the session, where there is one, is to be ended by the caller.</summary>
    private InviteSession? Drop(ConversationStateReason reason)
    {
        var session = _session;
        _outgoing?.Cancel();
        (_session, _outgoing, _isCutOff) = (null, null, false);
        ForgetIncoming()?.Reject((int)(reason == ConversationStateReason.Left ? ConversationRejection.Decline : ConversationRejection.NotAvailable));
        DeliverFirstText(null);
        if (State != ConversationState.Idle)
        {
            Enter(ConversationState.Disconnected, reason);
        }

        FailAll(new ImException(ImError.RecipientUnavailable, $"The conversation with {conversation.Peer} was left before the message was sent."));
        return session;
    }

    private void NewConnection()
    {
        if (State is ConversationState.Idle or ConversationState.Disconnected)
        {
            _connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void Enter(ConversationState state, ConversationStateReason reason, ImException? cause = null)
    {
        // Before those who wait for it look at it.
        (var old, State) = (State, state);
        if (state == ConversationState.Connected)
        {
            _connected.TrySetResult();
        }
        else if (state is ConversationState.Idle or ConversationState.Disconnected)
        {
            _connected.TrySetException(cause ?? new ImException(
                ImError.RecipientUnavailable, $"The conversation with {conversation.Peer} ended before it was connected."));

            // Those who began by sending do not wait for it.
            _ = _connected.Task.Exception;
        }

        if (old != state)
        {
            conversation.OnStateChanged(new ConversationStateChangedEventArgs(old, state, reason, cause));
        }
    }

    private static bool IsPagerOnly(SipOutcome outcome) => outcome.Failure is null && outcome.StatusCode is 405 or 415 or 488 or 501;

    private static void End(InviteSession? session)
    {
        if (session is not null)
        {
            _ = session.ByeAsync();
        }
    }
}
