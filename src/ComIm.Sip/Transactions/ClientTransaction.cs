using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Transactions;

/// <summary>
/// One request on its way to one address until its final response (RFC 3261 section 17.1). Made by
/// <see cref="TransactionLayer"/>.
/// </summary>
public sealed class ClientTransaction
{
    private static readonly Action<object> OnTimeout = t => ((ClientTransaction)t).Step(TransactionInput.TimeoutTimer, null, null);
    private static readonly Action<object> OnRetransmit = t => ((ClientTransaction)t).Step(TransactionInput.RetransmitTimer, null, null);
    private static readonly Action<object> OnLinger = t => ((ClientTransaction)t).Step(TransactionInput.LingerTimer, null, null);

    private readonly TransactionLayer _layer;
    private readonly Action<SipResponse>? _onResponse;
    private TransportChoice _choice;
    private readonly TaskCompletionSource<SipResponse> _final = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimerQueue.Entry? _retransmit;
    private TimerQueue.Entry? _timeout;
    private TimeSpan _interval;
    private SipRequest? _ack;
    private bool _isAnswered;
    private bool _isCancelWanted;
    private bool _isCancelSent;

    internal ClientTransaction(
        TransactionLayer layer, SipRequest request, string branch, TransportChoice choice, Action<SipResponse>? onResponse)
    {
        _layer = layer;
        _onResponse = onResponse;
        Request = request;
        Branch = branch;
        _choice = choice;
        IsInvite = request.Method == SipMethods.Invite;
        State = IsInvite ? TransactionState.Calling : TransactionState.Trying;
        _interval = layer.Timers.T1;
    }

    /// <summary>The request as it is sent.</summary>
    public SipRequest Request { get; }

    /// <summary>Where it goes.</summary>
    public SipTarget Target => _choice.Target;

    /// <summary>Where the transaction stands.</summary>
    public TransactionState State { get; private set; }

    /// <summary>
    /// The final response. Where none came it is one of our own: 408 when nobody answered, 503 when the network failed
    /// (RFC 3261 section 8.1.3.1); <see cref="FailureCause"/> is then set.
    /// </summary>
    public Task<SipResponse> FinalResponse => _final.Task;

    /// <summary>Why the final response is one of our own; null where it came from the peer.</summary>
    public SipTransportException? FailureCause { get; private set; }

    /// <summary>
    /// Takes an INVITE back (RFC 3261 section 9.1). The CANCEL goes out as soon as a provisional response has come: before, the
    /// peer may not know the INVITE yet. The outcome is that of the INVITE: 487, or whatever was faster.
    /// </summary>
    public void Cancel()
    {
        lock (_final)
        {
            if (!IsInvite || State is not (TransactionState.Calling or TransactionState.Proceeding))
            {
                return;
            }

            _isCancelWanted = true;
        }

        SendCancelWhenPossible();
    }

    /// <summary>Where it waits for an answer, and its neighbours there. Of <see cref="WaitingTransactions"/> alone.</summary>
    internal (ISipTransport Transport, System.Net.IPEndPoint Remote)? WaitsAt { get; set; }

    internal ClientTransaction? NextWaiting { get; set; }

    internal ClientTransaction? PreviousWaiting { get; set; }

    internal string Branch { get; }

    internal ISipTransport Transport => _choice.Transport;

    private bool IsInvite { get; }

    private bool IsReliable => Target.Transport != SipTransportKind.Udp;

    internal void Start()
    {
        lock (_final)
        {
            if (IsReliable)
            {
                _timeout = _layer.Queue.Schedule(_layer.Timers.Timeout, OnTimeout, this);
            }
            else
            {
                // The timeout is set with the first retransmission: most transactions have ended by then.
                SetRetransmit(_interval);
            }
        }

        _ = SendAsync(Request);
    }

    internal void Receive(SipResponse response) => Step(
        response.IsProvisional ? TransactionInput.Provisional
        : response.IsSuccess ? TransactionInput.Success : TransactionInput.Failure,
        response,
        null);

    internal void Fail(SipTransportException cause) => Fail(_choice, cause);

    private void Step(TransactionInput input, SipResponse? response, SipTransportException? cause)
    {
        TransactionActions actions;
        lock (_final)
        {
            var next = IsInvite ? TransactionRules.InviteClient(State, input) : TransactionRules.Client(State, input);
            (State, actions) = (next.Next, next.Actions);
            if (input == TransactionInput.RetransmitTimer && actions.Has(TransactionActions.Send))
            {
                _timeout ??= _layer.Queue.Schedule(_layer.Timers.Timeout - _layer.Timers.T1, OnTimeout, this);
            }

            // A refusal stays the outcome, also where its ACK cannot be sent.
            _isAnswered |= actions.Has(TransactionActions.Pass) && !response!.IsProvisional;
            SetTimers(actions);
            if (actions.Has(TransactionActions.SendAck))
            {
                _ack ??= AckFor(response!);
            }
        }

        if (actions.Has(TransactionActions.Send))
        {
            _ = SendAsync(Request);
        }

        if (actions.Has(TransactionActions.SendAck))
        {
            _ = SendAsync(_ack!);
        }

        if (State == TransactionState.Terminated)
        {
            _layer.Remove(this);
        }

        Report(actions, response, cause);
        SendCancelWhenPossible();
    }

    private void SendCancelWhenPossible()
    {
        lock (_final)
        {
            if (!_isCancelWanted || _isCancelSent || State != TransactionState.Proceeding)
            {
                return;
            }

            _isCancelSent = true;
            _timeout = _layer.Queue.Schedule(_layer.Timers.Timeout, OnTimeout, this);
        }

        _layer.Begin(CancelOf(Request), Branch, new TransportChoice(Transport, Target), null);
    }

    private void Report(TransactionActions actions, SipResponse? response, SipTransportException? cause)
    {
        if (actions.Has(TransactionActions.Pass))
        {
            _onResponse?.Invoke(response!);
            if (!response!.IsProvisional)
            {
                _layer.Waiting.Remove(this);
                _final.TrySetResult(response);
            }
        }
        else if (actions.Has(TransactionActions.ReportTimeout))
        {
            _layer.Waiting.Remove(this);
            FailureCause = new SipTransportException($"{Target} did not answer.");
            _final.TrySetResult(SipResponse.AnswerTo(Request, 408));
        }
        else if (actions.Has(TransactionActions.ReportTransportError) && !_isAnswered)
        {
            _layer.Waiting.Remove(this);
            FailureCause = cause;
            _final.TrySetResult(SipResponse.AnswerTo(Request, 503));
        }
    }

    private void SetTimers(TransactionActions actions)
    {
        if ((actions & (TransactionActions.StopTimers | TransactionActions.ReportTimeout | TransactionActions.ReportTransportError)) != 0)
        {
            _retransmit?.Cancel();
            _timeout?.Cancel();
        }

        if (actions.Has(TransactionActions.SetRetransmit))
        {
            // Timer A doubles without end, timer E up to T2 (RFC 3261 section 17.1.1.2, 17.1.2.2).
            var doubled = _interval * 2;
            _interval = IsInvite || doubled < _layer.Timers.T2 ? doubled : _layer.Timers.T2;
            SetRetransmit(_interval);
        }
        else if (actions.Has(TransactionActions.SetRetransmitSlow))
        {
            SetRetransmit(_layer.Timers.T2);
        }

        if (actions.Has(TransactionActions.SetLinger) && LingerTime is var linger)
        {
            if (linger == TimeSpan.Zero)
            {
                State = TransactionState.Terminated;
            }
            else
            {
                _layer.Queue.Schedule(linger, OnLinger, this);
            }
        }
    }

    // Timer M and D. Timer K would only absorb responses that come again; without a transaction they are dropped all the
    // same (RFC 6026 section 7.2), so that a finished one need not be remembered.
    private TimeSpan LingerTime => State == TransactionState.Accepted ? _layer.Timers.Timeout
        : IsReliable || !IsInvite ? TimeSpan.Zero : _layer.Timers.TimerD;

    private void SetRetransmit(TimeSpan delay) =>
        _retransmit = _layer.Queue.Schedule(delay, OnRetransmit, this);

    private async Task SendAsync(SipRequest request)
    {
        var choice = _choice;
        try
        {
            await _layer.SendAsync(choice.Transport, choice.Target, request).ConfigureAwait(false);
        }
        catch (SipTransportException e)
        {
            Fail(choice, e);
        }
        catch (OperationCanceledException e)
        {
            Fail(choice, new SipTransportException("The stack was closed.", e));
        }
    }

    /// <summary>The network failed over one choice of transport; where that is no longer the one in use, nothing has.</summary>
    private void Fail(TransportChoice choice, SipTransportException cause)
    {
        if (!ReferenceEquals(choice, _choice))
        {
            return;
        }

        if (TryFallBack())
        {
            _ = SendAsync(Request);
        }
        else
        {
            Step(TransactionInput.TransportError, null, cause);
        }
    }

    /// <summary>
    /// Nobody takes TCP there, so the request goes over UDP after all, however large (RFC 3261 section 18.1.1). The same
    /// where the connection is closed before any answer, since some servers take less over TCP than over UDP. Branch,
    /// Call-ID and CSeq stay, by which a peer whose answer was lost with the connection knows the request again.
    /// </summary>
    private bool TryFallBack()
    {
        lock (_final)
        {
            if (_choice.Fallback is not { } fallback || State is not (TransactionState.Calling or TransactionState.Trying))
            {
                return false;
            }

            _choice = fallback;
            _layer.Waiting.Set(this);
            var via = Request.TopVia! with
            {
                Transport = SipTarget.NameOf(fallback.Transport.Kind),
                SentBy = HostPort.Of(fallback.Transport.LocalEndPoint),
            };
            Request.Headers.ReplaceFirstValue(HeaderId.Via, via.ToString());
            SetRetransmit(_interval);
            return true;
        }
    }

    /// <summary>The ACK of a refusal, in the same transaction (RFC 3261 section 17.1.1.3).</summary>
    private SipRequest AckFor(SipResponse response)
    {
        var ack = new SipRequest(SipMethods.Ack, Request.RequestUriText, new HeaderCollection(), default);
        CopyTransaction(Request, ack, response.Headers);
        return ack;
    }

    /// <summary>The CANCEL of a request: the same names and the same branch (RFC 3261 section 9.1).</summary>
    private static SipRequest CancelOf(SipRequest request)
    {
        var cancel = new SipRequest(SipMethods.Cancel, request.RequestUriText, new HeaderCollection(), default);
        CopyTransaction(request, cancel, request.Headers);
        return cancel;
    }

    private static void CopyTransaction(SipRequest request, SipRequest copy, HeaderCollection to)
    {
        copy.Headers.Add(HeaderId.Via, request.TopVia!.ToString());
        copy.Headers.Add(HeaderId.MaxForwards, "70");
        copy.Headers.CopyFrom(request.Headers, HeaderId.Route);
        copy.Headers.CopyFrom(request.Headers, HeaderId.From);
        copy.Headers.CopyFrom(to, HeaderId.To);
        copy.Headers.CopyFrom(request.Headers, HeaderId.CallId);
        copy.Headers.Add(HeaderId.CSeq, new CSeq(request.CSeq!.Value.Number, copy.Method).ToString());
    }
}
