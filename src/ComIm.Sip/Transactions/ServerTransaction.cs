using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Transactions;

/// <summary>
/// One request that came in, until its final response has been taken (RFC 3261 section 17.2). A retransmission of the
/// request is answered here and never reaches the application twice.
/// </summary>
public sealed class ServerTransaction : IThreadPoolWorkItem
{
    private static readonly Action<object> OnTimeout = t => ((ServerTransaction)t).Step(TransactionInput.TimeoutTimer, null);
    private static readonly Action<object> OnRetransmit = t => ((ServerTransaction)t).Step(TransactionInput.RetransmitTimer, null);
    private static readonly Action<object> OnLinger = t => ((ServerTransaction)t).Step(TransactionInput.LingerTimer, null);
    private static readonly Action<object> OnTrying = t => ((ServerTransaction)t).OnTryingTimer();

    private readonly TransactionLayer _layer;
    private readonly Lock _gate = new();
    private readonly string _tagParameter;
    private string? _localTag;
    private SipResponse? _last;
    private TimerQueue.Entry? _retransmit;
    private TimerQueue.Entry? _timeout;
    private TimerQueue.Entry? _trying;
    private TimeSpan _interval;
    private CancellationTokenSource? _cancelled;
    private bool _isTryingDue;

    internal ServerTransaction(
        TransactionLayer layer, SipRequest request, byte[] key, int keyHash, ISipTransport transport, IPEndPoint source, ResponseRoute reply, string? localTag = null)
    {
        _tagParameter = localTag is null ? SipTokens.NewTagParameter() : SipTokens.TagParameter + localTag;
        _layer = layer;
        Request = request;
        Key = key;
        KeyHash = keyHash;
        Transport = transport;
        Source = source;
        Reply = reply;
        IsInvite = request.Method == SipMethods.Invite;
        State = IsInvite ? TransactionState.Proceeding : TransactionState.Trying;
        _interval = layer.Timers.T1;
        _cancelled = IsInvite ? new CancellationTokenSource() : null;
    }

    /// <summary>The request, its topmost Via completed with where it came from.</summary>
    public SipRequest Request { get; }

    /// <summary>Where the request came from: the flow back to its sender.</summary>
    public IPEndPoint Source { get; }

    /// <summary>Over which transport it came.</summary>
    public ISipTransport Transport { get; }

    /// <summary>
    /// The flow back to its sender as a target for requests of our own: it crosses address translation (RFC 5626 section
    /// 5.3).
    /// </summary>
    public SipTarget Flow => new(Transport.Kind, Source) { IsFlow = IsReliable };

    /// <summary>Where the transaction stands.</summary>
    public TransactionState State { get; private set; }

    /// <summary>The tag that our responses carry in To (RFC 3261 section 8.2.6.2).</summary>
    public string LocalTag => _localTag ??= _tagParameter[SipTokens.TagParameter.Length..];

    /// <summary>
    /// Cancelled when the sender takes an INVITE back before its final response (RFC 3261 section 9.2). The CANCEL has then been
    /// answered; the INVITE is still to be answered, with 487. What is registered here runs on the receive loop.
    /// </summary>
    public CancellationToken Cancelled => _cancelled?.Token ?? CancellationToken.None;

    /// <summary>
    /// Whether the refusal of an INVITE is sent again over UDP until its ACK comes (timer G); true. With false it is sent once for each
    /// copy of the INVITE, as by a stateless server, which is what RFC 3261 section 26.3.2.4 wants for those who have not proved who
    /// they are. Where a provisional response has gone the client sends no copies any more, and this changes nothing.
    /// </summary>
    public bool RepeatsFinalResponse { get; set; } = true;

    internal byte[] Key { get; }

    internal int KeyHash { get; }

    /// <summary>The next in its chain of the <see cref="ServerTransactionTable"/>.</summary>
    internal ServerTransaction? NextInTable { get; set; }

    /// <summary>Where it waits for its handler, once it is queued.</summary>
    internal HandlerLanes? Lanes { get; set; }

    /// <summary>Where its source is counted.</summary>
    internal int SourceBucket { get; init; }

    internal ResponseRoute Reply { get; }

    private bool IsInvite { get; }

    private bool IsReliable => Transport.Kind != SipTransportKind.Udp;

    /// <summary>Answers with a status code; a tag is added to To.</summary>
    /// <param name="statusCode">100 to 699.</param>
    /// <param name="reasonPhrase">The phrase; that of the RFC where null.</param>
    /// <returns>The response, sent.</returns>
    public SipResponse Respond(int statusCode, string? reasonPhrase = null)
    {
        var response = CreateResponse(statusCode, reasonPhrase);
        Respond(response);
        return response;
    }

    /// <summary>Makes a response that can be completed before it is sent.</summary>
    /// <param name="statusCode">100 to 699.</param>
    /// <param name="reasonPhrase">The phrase; that of the RFC where null.</param>
    public SipResponse CreateResponse(int statusCode, string? reasonPhrase = null) =>
        SipResponse.AnswerWith(Request, statusCode, reasonPhrase, statusCode == 100 ? null : _tagParameter);

    /// <summary>Sends a response. After the final one, further ones are ignored.</summary>
    /// <param name="response">The response.</param>
    public void Respond(SipResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (!IsInvite && response.StatusCode == 408)
        {
            // By now the client has given up as well; a 408 would only hurt those between (RFC 4320 section 4.2).
            Abandon();
            return;
        }

        if (!IsInvite && response.IsProvisional && (response.StatusCode != 100 || !(IsReliable || _isTryingDue)))
        {
            // No provisional response but 100, and over UDP not before it saves retransmissions (RFC 4320 section 4.1).
            return;
        }

        Step(
            response.IsProvisional ? TransactionInput.Provisional
            : response.IsSuccess ? TransactionInput.Success : TransactionInput.Failure,
            response);
    }

    /// <summary>
    /// Leaves the request without a response: one that came too late to be answered (RFC 4320), or one of a kind that is
    /// never answered. Its retransmissions are still absorbed. An INVITE is always answered: nothing happens.
    /// </summary>
    public void Abandon() => Step(TransactionInput.Abandon, null);

    internal void Start()
    {
        lock (_gate)
        {
            if (_last is null && State is TransactionState.Trying or TransactionState.Proceeding)
            {
                _trying = _layer.Queue.Schedule(
                    IsInvite ? _layer.Timers.InviteTrying : _layer.Timers.NonInviteTrying, OnTrying, this);
            }
        }
    }

    /// <summary>A CANCEL of this INVITE has come in (RFC 3261 section 9.2): without effect after the final response.</summary>
    internal void ReceiveCancel()
    {
        if (State == TransactionState.Proceeding)
        {
            _cancelled?.Cancel();
        }
    }

    /// <summary>Runs the handler; the transaction is its own work item.</summary>
    void IThreadPoolWorkItem.Execute() => Lanes!.Run(this);

    /// <summary>The request, or its ACK, has come in again.</summary>
    internal TransactionActions Receive(SipRequest request) =>
        Step(request.Method == SipMethods.Ack ? TransactionInput.Ack : TransactionInput.Request, null);

    internal void Fail() => Step(TransactionInput.TransportError, null);

    private void OnTryingTimer()
    {
        lock (_gate)
        {
            _isTryingDue = true;
            if (!IsInvite && State is TransactionState.Trying or TransactionState.Proceeding)
            {
                // When the client gives up, so do we: nobody would take the response.
                _timeout = _layer.Queue.Schedule(
                    _layer.Timers.Timeout - _layer.Timers.NonInviteTrying, OnTimeout, this);
            }

            if (_last is not null)
            {
                return;
            }
        }

        Respond(100);
    }

    private TransactionActions Step(TransactionInput input, SipResponse? response)
    {
        TransactionActions actions;
        SipResponse? toSend;
        lock (_gate)
        {
            var next = IsInvite ? TransactionRules.InviteServer(State, input) : TransactionRules.Server(State, input);
            (State, actions) = (next.Next, next.Actions);
            var repeats = RepeatsFinalResponse || _last is not null;
            if (response is not null && actions.Has(TransactionActions.Send))
            {
                _last = response;
                if (IsInvite || !response.IsProvisional)
                {
                    _trying?.Cancel();
                }

                if (!IsInvite && !response.IsProvisional)
                {
                    // Nothing is waited for any more; the timer would hold the request for as long as it had left.
                    _timeout?.Cancel();
                }
            }

            toSend = _last;
            SetTimers(actions, repeats);
        }

        if (actions.Has(TransactionActions.Send) && toSend is not null)
        {
            if (State == TransactionState.Completed && !IsInvite && response is not null)
            {
                // From here on the layer needs only the response's bytes; timer J is theirs.
                _ = _layer.AnswerAsync(this, toSend);
            }
            else
            {
                _ = SendAsync(toSend);
            }
        }

        if (State == TransactionState.Terminated)
        {
            _layer.Remove(this);
        }

        return actions;
    }

    private void SetTimers(TransactionActions actions, bool repeats)
    {
        if (actions.Has(TransactionActions.StopTimers) || State == TransactionState.Terminated)
        {
            _retransmit?.Cancel();
            _timeout?.Cancel();
        }

        if (actions.Has(TransactionActions.SetRetransmit) && !IsReliable && repeats)
        {
            // Timer G.
            _retransmit = _layer.Queue.Schedule(_interval, OnRetransmit, this);
            var doubled = _interval * 2;
            _interval = doubled < _layer.Timers.T2 ? doubled : _layer.Timers.T2;
        }

        if (actions.Has(TransactionActions.SetTimeout))
        {
            _timeout = _layer.Queue.Schedule(_layer.Timers.Timeout, OnTimeout, this);
        }

        if (actions.Has(TransactionActions.SetLinger) && LingerTime is var linger)
        {
            if (linger == TimeSpan.Zero)
            {
                State = TransactionState.Terminated;
            }
            else if (IsInvite || actions == TransactionActions.SetLinger)
            {
                // What has been answered waits among the AnsweredRequests, which have a timer of their own.
                _layer.Queue.Schedule(linger, OnLinger, this);
            }
        }
    }

    // Timer L, I and J.
    private TimeSpan LingerTime => State == TransactionState.Accepted ? _layer.Timers.Timeout
        : IsReliable ? TimeSpan.Zero
        : IsInvite ? _layer.Timers.T4 : _layer.Timers.Timeout;

    private async Task SendAsync(SipResponse response)
    {
        try
        {
            await _layer.SendAsync(Transport, Reply, response).ConfigureAwait(false);
        }
        catch (SipTransportException)
        {
            Fail();
        }
        catch (OperationCanceledException)
        {
            // The stack is closing; nobody waits for this response here.
        }
    }
}
