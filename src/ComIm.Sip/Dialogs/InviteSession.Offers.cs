using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Dialogs;

/// <summary>Changes to a session and its refresh: re-INVITE (RFC 3261 section 14) and UPDATE (RFC 3311), both ways.</summary>
public sealed partial class InviteSession
{
    // Two sides that keep crossing each other part at the first draw as a rule; more than a few times is a fault.
    private const int MaxAttempts = 5;

    /// <summary>Offers a change by re-INVITE. Where the peer's offer crosses, it is tried again after a pause (section 14.1).</summary>
    /// <param name="offer">The offer; null repeats what we said last.</param>
    /// <param name="cancellationToken">Takes the re-INVITE back; the session stays as it was.</param>
    /// <returns>The outcome; 491 where the crossing did not end.</returns>
    public Task<SipOutcome> ReinviteAsync(SessionBody? offer, CancellationToken cancellationToken = default) =>
        OfferAsync(SipMethods.Invite, offer ?? LocalBody, cancellationToken);

    /// <summary>Offers a change by UPDATE, also before the session is answered; without an offer it only refreshes.</summary>
    /// <param name="offer">The offer, or null.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The outcome; 491 where the crossing did not end.</returns>
    public Task<SipOutcome> UpdateAsync(SessionBody? offer, CancellationToken cancellationToken = default) =>
        OfferAsync(SipMethods.Update, offer, cancellationToken);

    /// <summary>
    /// Renews the session and tells the peer where we are: by UPDATE where the peer takes it, since it needs no offer; else by
    /// re-INVITE with the same one (RFC 4028 section 7.4, RFC 3261 section 12.2).
    /// </summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<SipOutcome> RefreshAsync(CancellationToken cancellationToken = default) =>
        _peerTakesUpdate ? UpdateAsync(null, cancellationToken) : ReinviteAsync(LocalBody, cancellationToken);

    private async Task<SipOutcome> OfferAsync(string method, SessionBody? offer, CancellationToken cancellationToken)
    {
        TimeSpan? least = null;
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await OfferOnceAsync(method, offer, least, cancellationToken).ConfigureAwait(false);
            if (attempt == MaxAttempts || outcome.StatusCode is not (491 or 422) || State is InviteSessionState.Ending or InviteSessionState.Ended)
            {
                return outcome;
            }

            if (outcome.StatusCode == 422)
            {
                least = SessionExpires.MinOf(outcome.Response);
                continue;
            }

            var pause = GlareDelay.Of(Dialog.StartedHere, Random.Shared.NextDouble());
            await Task.Delay(pause, _agent.Stack.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<SipOutcome> OfferOnceAsync(string method, SessionBody? offer, TimeSpan? least, CancellationToken cancellationToken)
    {
        var request = CreateOffer(method, offer, least);
        if (State is InviteSessionState.Ending or InviteSessionState.Ended)
        {
            return new SipOutcome(SipResponse.AnswerTo(request, 481), null);
        }

        lock (_gate)
        {
            if (!(method == SipMethods.Invite ? _offers.TryBeginInvite() : _offers.TryBeginUpdate(offer is not null)))
            {
                return new SipOutcome(SipResponse.AnswerTo(request, 491), null);
            }
        }

        try
        {
            var outcome = await SendOfferAsync(request, cancellationToken).ConfigureAwait(false);
            if (outcome.IsSuccess)
            {
                LocalBody = offer ?? LocalBody;
                RemoteBody = SessionBody.Of(outcome.Response) ?? RemoteBody;
                _timer.Set(SessionNegotiation.Agreed(outcome.Response));
            }

            return outcome;
        }
        finally
        {
            lock (_gate)
            {
                _offers.EndLocal();
            }
        }
    }

    private async Task<SipOutcome> SendOfferAsync(SipRequest request, CancellationToken cancellationToken)
    {
        var target = await _agent.Agent.LocateAsync(Dialog.NextHop, cancellationToken).ConfigureAwait(false);
        var isInvite = request.Method == SipMethods.Invite;
        var ack = isInvite ? new SuccessAck(_agent.Agent, Dialog) : null;
        var client = _agent.Agent.Prepare(request, Dialog.Sequence, (sent, response) =>
        {
            if (response.IsSuccess)
            {
                Dialog.Receive(request.Method, response);
                NotePeer(response);
                ack?.Send(sent, static () => null);
            }
        });
        using var cancel = isInvite ? cancellationToken.Register(client.Cancel) : default;
        var outcome = await client.SendAsync(target, isInvite ? CancellationToken.None : cancellationToken).ConfigureAwait(false);
        EndWherePeerIsLost(outcome);
        return outcome;
    }

    private SipRequest CreateOffer(string method, SessionBody? offer, TimeSpan? least)
    {
        var request = Dialog.CreateRequest(method);
        _agent.Describe(request);
        SessionNegotiation.Offer(request, _agent.Options.Timer, _timer.Terms, least);
        offer?.WriteTo(request);
        return request;
    }

    private void OnReinvite(ServerTransaction transaction)
    {
        OfferVerdict verdict;
        lock (_gate)
        {
            verdict = _offers.ReceiveInvite();
        }

        if (!RefuseBy(verdict, transaction))
        {
            NotePeer(transaction.Request);
            _ = AnswerAsync(transaction);
        }
    }

    private void OnUpdate(ServerTransaction transaction)
    {
        OfferVerdict verdict;
        lock (_gate)
        {
            verdict = _offers.ReceiveUpdate(!transaction.Request.Body.IsEmpty);
        }

        if (!RefuseBy(verdict, transaction))
        {
            NotePeer(transaction.Request);
            _ = AnswerAsync(transaction);
        }
    }

    private static bool RefuseBy(OfferVerdict verdict, ServerTransaction transaction)
    {
        if (verdict == OfferVerdict.Busy)
        {
            SessionAgent.RefuseBusy(transaction);
        }
        else if (verdict == OfferVerdict.Glare)
        {
            transaction.Respond(491);
        }

        return verdict != OfferVerdict.Accept;
    }

    private async Task AnswerAsync(ServerTransaction transaction)
    {
        var isInvite = transaction.Request.Method == SipMethods.Invite;
        using var cancelled = transaction.Cancelled.Register(() => transaction.Respond(487));
        if (_agent.RefuseShortTimer(transaction))
        {
            Close(isInvite);
            return;
        }

        var needsBody = isInvite || !transaction.Request.Body.IsEmpty;
        SessionBody? body = null;
        try
        {
            body = needsBody ? await _handler.AnswerOfferAsync(this, transaction.Request).ConfigureAwait(false) : null;
        }
#pragma warning disable CA1031 // Whatever a handler throws costs its request, never the session.
        catch (Exception)
#pragma warning restore CA1031
        {
            transaction.Respond(500);
        }

        if (needsBody && body is null && (!transaction.Request.Body.IsEmpty || LocalBody is not null))
        {
            transaction.Respond(488);
            Close(isInvite);
            return;
        }

        SendAnswer(transaction, body, isInvite);
    }

    private void SendAnswer(ServerTransaction transaction, SessionBody? body, bool isInvite)
    {
        var response = transaction.CreateResponse(200);
        _agent.Describe(response);
        var terms = SessionNegotiation.Answer(transaction.Request, _agent.Options.Timer);
        SessionNegotiation.Write(response, terms);
        body?.WriteTo(response);
        var taken = isInvite ? SendSuccess(transaction, response) : Send(transaction, response);
        if (!taken)
        {
            Close(isInvite);
            return;
        }

        lock (_gate)
        {
            LocalBody = body ?? LocalBody;
            RemoteBody = SessionBody.Of(transaction.Request) ?? RemoteBody;
            if (!isInvite)
            {
                _offers.EndRemoteUpdate();
            }
        }

        _timer.Set(terms);
    }

    private static bool Send(ServerTransaction transaction, SipResponse response)
    {
        transaction.Respond(response);
        return true;
    }

    /// <summary>Sends a 2xx to an INVITE and keeps sending it.</summary>
    /// <returns>False where a CANCEL was faster.</returns>
    private bool SendSuccess(ServerTransaction transaction, SipResponse response)
    {
        var success = new SuccessRetransmission(_agent.Stack, transaction, response, OnNoAck);
        lock (_gate)
        {
            _success?.Stop();
            _success = success;
            _offers.AcceptInvite();
        }

        transaction.Respond(response);
        if (transaction.State == TransactionState.Accepted)
        {
            success.Start();
            return true;
        }

        success.Stop();
        return false;
    }

    private void OnNoAck()
    {
        Close(isInvite: true);
        EndByBye(SessionEndReason.NoAck);
    }

    private void Close(bool isInvite)
    {
        lock (_gate)
        {
            if (isInvite)
            {
                _offers.EndRemoteInvite();
            }
            else
            {
                _offers.EndRemoteUpdate();
            }
        }
    }
}
