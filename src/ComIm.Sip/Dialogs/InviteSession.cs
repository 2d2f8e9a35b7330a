using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Dialogs;

/// <summary>
/// A session that an INVITE has made (RFC 3261 section 13 to 15): requests inside it, changes to it, its timer, its end. Its
/// state changes here and nowhere else.
/// </summary>
public sealed partial class InviteSession : IDialogUsage
{
    private readonly SessionAgent _agent;
    private readonly ISessionHandler _handler;
    private readonly SessionTimer _timer;
    private readonly OfferState _offers = new();
    private readonly Lock _gate = new();
    private SuccessRetransmission? _success;
    private bool _peerTakesUpdate;
    private bool _isPeerLost;

    internal InviteSession(SessionAgent agent, Dialog dialog, ISessionHandler handler, bool isCaller)
    {
        _agent = agent;
        _handler = handler;
        Dialog = dialog;
        _timer = new SessionTimer(agent.Stack.Schedule, () => _ = RefreshAsync(), () => EndByBye(SessionEndReason.Expired));

        // The INVITE is open: no other offer may cross it.
        _ = isCaller ? _offers.TryBeginInvite() : _offers.ReceiveInvite() == OfferVerdict.Accept;
    }

    /// <summary>The dialog.</summary>
    public Dialog Dialog { get; }

    /// <summary>Where the session stands.</summary>
    public InviteSessionState State { get; private set; }

    /// <summary>What we said last about the session; null where we said nothing.</summary>
    public SessionBody? LocalBody { get; private set; }

    /// <summary>What the peer said last about the session; null where it said nothing.</summary>
    public SessionBody? RemoteBody { get; private set; }

    /// <summary>The session timer in force; null where there is none.</summary>
    public SessionTerms? Timer => _timer.Terms;

    /// <summary>
    /// Done when the ACK of our 2xx has come, or is given up; at once where we are the caller. A request that overtakes the 2xx
    /// finds no dialog at the caller.
    /// </summary>
    public Task Acknowledged => _success?.Done ?? Task.CompletedTask;

    internal Action? EarlyBye { get; init; }

    /// <summary>Makes a request inside the session, to be completed and given to <see cref="SendAsync"/>.</summary>
    /// <param name="method">MESSAGE, INFO ….</param>
    public SipRequest CreateRequest(string method) => Dialog.CreateRequest(method);

    /// <summary>
    /// Sends a request inside the session and waits for its final response. Requests arrive in the order of the calls. A peer
    /// that knows nothing of the session, or is silent, loses it (RFC 3261 section 12.2.1.2).
    /// </summary>
    /// <param name="request">Made by <see cref="CreateRequest"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<SipOutcome> SendAsync(SipRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (State is InviteSessionState.Ending or InviteSessionState.Ended)
        {
            return new SipOutcome(SipResponse.AnswerTo(request, 481), null);
        }

        var target = await _agent.Agent.LocateAsync(Dialog.NextHop, cancellationToken).ConfigureAwait(false);
        var outcome = await _agent.Agent.Prepare(request, Dialog.Sequence, null).SendAsync(target, cancellationToken).ConfigureAwait(false);
        Dialog.Receive(request.Method, outcome.Response);
        EndWherePeerIsLost(outcome);
        return outcome;
    }

    /// <summary>Ends the session (RFC 3261 section 15). Who has accepted an INVITE waits for its ACK first.</summary>
    /// <param name="prepare">Completes the BYE before it is sent: a Reason, diagnostics.</param>
    /// <param name="cancellationToken">Stops waiting for the answer; the session is over all the same.</param>
    /// <returns>The outcome; null where the session was over before.</returns>
    /// <exception cref="InvalidOperationException">The session is early: its INVITE is to be cancelled or rejected.</exception>
    public Task<SipOutcome?> ByeAsync(Action<SipRequest>? prepare = null, CancellationToken cancellationToken = default) =>
        State == InviteSessionState.Early
            ? throw new InvalidOperationException("A session that is not established ends with its INVITE.")
            : SendByeAsync(SessionEndReason.LocalBye, prepare, cancellationToken);

    /// <inheritdoc/>
    bool IDialogUsage.TryHandle(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Headers.Contains(HeaderId.Event) || request.Method is SipMethods.Notify or SipMethods.Subscribe)
        {
            // A subscription's, not the session's (RFC 5057 section 5).
            return false;
        }

        if (request.Method == SipMethods.Bye)
        {
            return TryHandleBye(transaction);
        }

        if (State is InviteSessionState.Ending or InviteSessionState.Ended)
        {
            return false;
        }

        if (!_agent.RefuseUnsupported(transaction))
        {
            Handle(transaction);
        }

        return true;
    }

    void IDialogUsage.OnAck(SipRequest ack)
    {
        var success = _success;
        if (success is null || !success.OnAck(ack))
        {
            return;
        }

        lock (_gate)
        {
            _offers.EndRemoteInvite();
            RemoteBody = success.ExpectsAnswer ? SessionBody.Of(ack) ?? RemoteBody : RemoteBody;
        }
    }

    /// <summary>The 2xx to our INVITE has come.</summary>
    internal void Establish(SipResponse response, SessionBody? offer)
    {
        lock (_gate)
        {
            if (State != InviteSessionState.Early)
            {
                return;
            }

            State = InviteSessionState.Established;
            _offers.EndLocal();
            (LocalBody, RemoteBody) = (offer, SessionBody.Of(response));
        }

        _timer.Set(SessionNegotiation.Agreed(response));
    }

    /// <summary>Sends our 2xx to the INVITE.</summary>
    internal void Accept(ServerTransaction transaction, SipResponse response, SessionBody? body, SessionTerms? terms)
    {
        lock (_gate)
        {
            State = InviteSessionState.Established;
            Dialog.Confirm();
            (LocalBody, RemoteBody) = (body, SessionBody.Of(transaction.Request));
        }

        SendSuccess(transaction, response);
        _timer.Set(terms);
    }

    /// <summary>Takes note of what the peer says about itself.</summary>
    internal void NotePeer(SipMessage message)
    {
        if (message.Headers.Contains(HeaderId.Allow))
        {
            _peerTakesUpdate = message.Headers.GetValues(HeaderId.Allow).Contains(SipMethods.Update, StringComparer.Ordinal);
        }
    }

    internal void RefuseMethod(ServerTransaction transaction)
    {
        var response = transaction.CreateResponse(405);
        response.Headers.Add(HeaderId.Allow, _agent.Options.Allow);
        transaction.Respond(response);
    }

    internal void EndByBye(SessionEndReason reason) => _ = SendByeAsync(reason, null, CancellationToken.None);

    internal void End(SessionEnd end)
    {
        lock (_gate)
        {
            if (State == InviteSessionState.Ended)
            {
                return;
            }

            State = InviteSessionState.Ended;
            Dialog.Terminate();
        }

        _timer.Stop();
        _success?.Stop();
        _agent.Dialogs.Remove(Dialog, this);
        _agent.Stack.Guard(() => _handler.OnEnded(this, end));
    }

    private async Task<SipOutcome?> SendByeAsync(SessionEndReason reason, Action<SipRequest>? prepare, CancellationToken cancellationToken)
    {
        if (_success is { } success)
        {
            await success.Done.ConfigureAwait(false);
        }

        lock (_gate)
        {
            if (State is InviteSessionState.Ending or InviteSessionState.Ended)
            {
                return null;
            }

            State = InviteSessionState.Ending;
            _isPeerLost = reason == SessionEndReason.PeerLost;
        }

        _timer.Stop();
        SipOutcome? outcome = null;
        try
        {
            var bye = Dialog.CreateRequest(SipMethods.Bye);
            if (_isPeerLost)
            {
                ByeReason.AddLost(bye);
            }

            prepare?.Invoke(bye);
            var target = await _agent.Agent.LocateAsync(Dialog.NextHop, cancellationToken).ConfigureAwait(false);
            outcome = await _agent.Agent.Prepare(bye, Dialog.Sequence, null).SendAsync(target, cancellationToken).ConfigureAwait(false);
            return outcome;
        }
        finally
        {
            // Whatever the answer, the session is over (RFC 3261 section 15.1.1).
            End(new SessionEnd(reason, outcome?.Response));
        }
    }

    private bool TryHandleBye(ServerTransaction transaction)
    {
        if (State == InviteSessionState.Ended)
        {
            return false;
        }

        transaction.Respond(200);
        if (State == InviteSessionState.Ending && !_isPeerLost)
        {
            // It crossed ours, whose answer ends the session. Where ours follows a 481, the peer was not lost: it had left.
            return true;
        }

        if (State == InviteSessionState.Early)
        {
            EarlyBye?.Invoke();
        }

        End(new SessionEnd(SessionEndReason.RemoteBye, transaction.Request));
        return true;
    }

    private void Handle(ServerTransaction transaction)
    {
        switch (transaction.Request.Method)
        {
            case SipMethods.Invite:
                OnReinvite(transaction);
                break;
            case SipMethods.Update:
                OnUpdate(transaction);
                break;
            case SipMethods.Refer:
                OnRefer(transaction);
                break;
            case SipMethods.Options:
                var response = transaction.CreateResponse(200);
                _agent.Describe(response);
                transaction.Respond(response);
                break;
            default:
                _handler.OnRequest(this, transaction);
                break;
        }
    }

    private void EndWherePeerIsLost(SipOutcome outcome)
    {
        if (outcome.StatusCode is 481 or 408 && State == InviteSessionState.Established)
        {
            EndByBye(SessionEndReason.PeerLost);
        }
    }
}
