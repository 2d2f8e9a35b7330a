using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Transactions;

/// <summary>
/// One request that came in, until its final response has been taken (RFC 3261 section 17.2). A retransmission of the
/// request is answered here and never reaches the application twice.
/// </summary>
public sealed class ServerTransaction
{
    private readonly TransactionLayer _layer;
    private readonly Lock _gate = new();
    private SipResponse? _last;
    private TimerQueue.Entry? _retransmit;
    private TimerQueue.Entry? _timeout;
    private TimeSpan _interval;

    internal ServerTransaction(TransactionLayer layer, SipRequest request, TransactionKey key, ISipTransport transport, IPEndPoint source, ResponseRoute reply)
    {
        _layer = layer;
        Request = request;
        Key = key;
        Transport = transport;
        Source = source;
        Reply = reply;
        IsInvite = request.Method == SipMethods.Invite;
        State = IsInvite ? TransactionState.Proceeding : TransactionState.Trying;
        _interval = layer.Timers.T1;
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
    public string LocalTag { get; } = SipTokens.NewTag();

    internal TransactionKey Key { get; }

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
        SipResponse.AnswerTo(Request, statusCode, reasonPhrase, statusCode == 100 ? null : LocalTag);

    /// <summary>Sends a response. After the final one, further ones are ignored.</summary>
    /// <param name="response">The response.</param>
    public void Respond(SipResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        Step(
            response.IsProvisional ? TransactionInput.Provisional
            : response.IsSuccess ? TransactionInput.Success : TransactionInput.Failure,
            response);
    }

    /// <summary>The request, or its ACK, has come in again.</summary>
    internal TransactionActions Receive(SipRequest request) =>
        Step(request.Method == SipMethods.Ack ? TransactionInput.Ack : TransactionInput.Request, null);

    internal void Fail() => Step(TransactionInput.TransportError, null);

    private TransactionActions Step(TransactionInput input, SipResponse? response)
    {
        TransactionActions actions;
        SipResponse? toSend;
        lock (_gate)
        {
            var next = IsInvite ? TransactionRules.InviteServer(State, input) : TransactionRules.Server(State, input);
            (State, actions) = (next.Next, next.Actions);
            if (response is not null && actions.HasFlag(TransactionActions.Send))
            {
                _last = response;
            }

            toSend = _last;
            SetTimers(actions);
        }

        if (actions.HasFlag(TransactionActions.Send) && toSend is not null)
        {
            _ = SendAsync(toSend);
        }

        if (State == TransactionState.Terminated)
        {
            _layer.Remove(this);
        }

        return actions;
    }

    private void SetTimers(TransactionActions actions)
    {
        if (actions.HasFlag(TransactionActions.StopTimers) || State == TransactionState.Terminated)
        {
            _retransmit?.Cancel();
            _timeout?.Cancel();
        }

        if (actions.HasFlag(TransactionActions.SetRetransmit) && !IsReliable)
        {
            // Timer G.
            _retransmit = _layer.Queue.Schedule(_interval, () => Step(TransactionInput.RetransmitTimer, null));
            var doubled = _interval * 2;
            _interval = doubled < _layer.Timers.T2 ? doubled : _layer.Timers.T2;
        }

        if (actions.HasFlag(TransactionActions.SetTimeout))
        {
            _timeout = _layer.Queue.Schedule(_layer.Timers.Timeout, () => Step(TransactionInput.TimeoutTimer, null));
        }

        if (actions.HasFlag(TransactionActions.SetLinger))
        {
            _layer.Queue.Schedule(LingerTime, () => Step(TransactionInput.LingerTimer, null));
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
