using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Registration;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using ComIm.Sip.UserAgentServer;
using Microsoft.Extensions.Logging;

namespace ComIm.Sip;

/// <summary>
/// Transports and transactions put together: what a client or a server stands on. Requests that come in are handed to
/// one handler, off the receive loop; requests that go out return their final response.
/// </summary>
public sealed class SipStack : ISipTransportReceiver, IAsyncDisposable
{
    private ISipTransport[] _transports;
    private readonly Func<ServerTransaction, Task> _handler;
    private readonly Func<SipTransportKind, ISipTransport?> _find;
    private TransportChoice? _last;
    private readonly SipTraceSink? _trace;
    private readonly TransactionLayer _transactions;
    private readonly StatelessRefusals _refusals;
    private readonly TaskScheduler _handlerScheduler;
    private readonly HandlerLanes _lanes;
    private readonly ILogger _log;
    private bool _isDisposed;

    /// <summary>Makes a stack; it receives from <see cref="Start"/> on.</summary>
    /// <param name="transports">What it sends and receives over; the stack closes them in the end.</param>
    /// <param name="handler">Answers requests. Where it throws, the request is answered 500.</param>
    /// <param name="options">The clock and the limits.</param>
    public SipStack(IReadOnlyList<ISipTransport> transports, Func<ServerTransaction, Task> handler, SipStackOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(transports);
        ArgumentNullException.ThrowIfNull(handler);
        options ??= new SipStackOptions();
        Time = options.TimeProvider;
        _transports = [.. transports];
        _handler = handler;
        _find = Find;
        _handlerScheduler = options.HandlerScheduler;
        _lanes = new HandlerLanes(transaction => _ = HandleAsync(transaction));
        _log = options.LoggerFactory.CreateLogger<SipStack>();
        _trace = options.Trace is { } trace ? new SipTraceSink(options.TimeProvider, trace, options.IsTracing) : null;
        _transactions = new TransactionLayer(options, _trace) { AckReceived = OnAck, OverLimit = OnOverLimit };
        _refusals = new StatelessRefusals(_transactions, _log);
        ClockJumps = new ClockJumpWatch(this);
    }

    /// <summary>Sees requests before the handler does, in the order in which they came; set before <see cref="Start"/>.</summary>
    public ISipRequestFilter? Filter { get; set; }

    /// <summary>How many transactions are remembered, of both sides; for health figures.</summary>
    public int TransactionCount => _transactions.ClientCount + _transactions.ServerCount;

    /// <summary>A connection was lost, or a port is unreachable; the address is null where the system does not say.</summary>
    public event Action<ISipTransport, IPEndPoint?>? TransportFailed;

    /// <summary>Begins to receive.</summary>
    public void Start()
    {
        foreach (var transport in _transports)
        {
            transport.Start(this);
        }
    }

    /// <summary>
    /// Sends and receives over other transports from now on: the address of this host has changed. What is under way over the
    /// old ones fails; dialogs go on.
    /// </summary>
    /// <param name="transports">The new transports; the stack closes them in the end.</param>
    public async Task ReplaceAsync(IReadOnlyList<ISipTransport> transports)
    {
        ArgumentNullException.ThrowIfNull(transports);
        var old = Interlocked.Exchange(ref _transports, [.. transports]);
        foreach (var transport in transports)
        {
            if (_isDisposed)
            {
                await transport.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                transport.Start(this);
            }
        }

        foreach (var transport in old)
        {
            await transport.DisposeAsync().ConfigureAwait(false);

            // Its answer would come to where nobody is any more: nothing is gained by waiting until it times out.
            _transactions.OnClosed(transport);
        }
    }

    /// <summary>The transport of a kind, or null.</summary>
    /// <param name="kind">Which.</param>
    public ISipTransport? Find(SipTransportKind kind)
    {
        foreach (var transport in _transports)
        {
            if (transport.Kind == kind)
            {
                return transport;
            }
        }

        return null;
    }

    /// <summary>Begins a client transaction. Via is added here; Max-Forwards too, where it is missing.</summary>
    /// <param name="request">The request; it is changed.</param>
    /// <param name="target">The next hop.</param>
    /// <param name="onResponse">Sees every response, provisional ones too; called from the receive loop, it may not block.</param>
    /// <exception cref="SipTransportException">The stack has no such transport.</exception>
    public ClientTransaction Begin(SipRequest request, SipTarget target, Action<SipResponse>? onResponse = null) =>
        Begin(request, target, onResponse, string.Empty);

    /// <summary>The same for a proxy, which puts into the branch what it knows a loop by (RFC 3261 section 16.6 step 8).</summary>
    /// <param name="request">The request; it is changed.</param>
    /// <param name="target">The next hop.</param>
    /// <param name="onResponse">Sees every response, provisional ones too; called from the receive loop, it may not block.</param>
    /// <param name="branchSuffix">Characters of a token, which end the branch.</param>
    /// <exception cref="SipTransportException">The stack has no such transport.</exception>
    public ClientTransaction Begin(SipRequest request, SipTarget target, Action<SipResponse>? onResponse, string branchSuffix)
    {
        ArgumentNullException.ThrowIfNull(request);
        AddMaxForwards(request);
        var choice = _last = TransportSelector.Choose(request, target, _find, _last);
        var branch = AddVia(request, choice.Transport, branchSuffix);
        return _transactions.Begin(request, branch, choice, onResponse);
    }

    /// <summary>
    /// Sends a request that no response answers, the ACK of a 2xx before all (RFC 3261 section 13.2.2.4). Via is added where
    /// there is none, so that the same request can be sent again. What the network loses is lost.
    /// </summary>
    /// <param name="request">The request; it is changed.</param>
    /// <param name="target">The next hop.</param>
    public async Task SendOnceAsync(SipRequest request, SipTarget target)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            var transport = TransportTo(target);
            if (!request.Headers.Contains(HeaderId.Via))
            {
                AddVia(request, transport, string.Empty);
            }

            await _transactions.SendAsync(transport, target, request).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SipTransportException or OperationCanceledException)
        {
            _log.LogDebug(e, "The {Method} to {Target} could not be sent", request.Method, target);
        }
    }

    /// <summary>Sends on, as a proxy does, a request of somebody else that no response answers: the ACK of a 2xx. A Via is added.</summary>
    /// <param name="request">The request; it is changed.</param>
    /// <param name="target">The next hop.</param>
    public Task ForwardOnceAsync(SipRequest request, SipTarget target)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Find(target.Transport) is { } transport)
        {
            AddVia(request, transport, string.Empty);
        }

        return SendOnceAsync(request, target);
    }

    /// <inheritdoc/>
    public void OnReceived(ISipTransport transport, IPEndPoint remote, SipParseResult result)
    {
        try
        {
            Receive(transport, remote, result);
        }
#pragma warning disable CA1031 // What a callback for responses or traces throws costs its message, never the receive loop.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _log.LogError(e, "A message from {Remote} could not be handled", remote);
        }
    }

    /// <inheritdoc/>
    public void OnFailed(ISipTransport transport, IPEndPoint? remote, SipTransportException cause)
    {
        _transactions.OnFailed(transport, remote, cause);
        TransportFailed?.Invoke(transport, remote);
    }

    /// <summary>Ends every transaction and closes the transports.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        foreach (var transport in _transports)
        {
            await transport.DisposeAsync().ConfigureAwait(false);
        }

        _transactions.Dispose();
    }

    internal TimeProvider Time { get; }

    /// <summary>Calls somebody else's code on a thread of ours: whatever it throws is logged and goes no further.</summary>
    internal void Guard(Action callback)
    {
        try
        {
            callback();
        }
#pragma warning disable CA1031 // A callback's fault may not end the receive loop or a timer thread.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _log.LogError(e, "A callback failed");
        }
    }

    internal SipTimers Timers => _transactions.Timers;

    /// <summary>Calls an action once, from a timer thread; all timers of the stack share one of the clock's.</summary>
    internal TimerQueue.Entry Schedule(TimeSpan delay, Action action) => _transactions.Queue.Schedule(delay, action);

    /// <summary>The same without a closure.</summary>
    internal TimerQueue.Entry Schedule(TimeSpan delay, Action<object> action, object state) => _transactions.Queue.Schedule(delay, action, state);

    /// <summary>Tells registrations that the machine was suspended.</summary>
    internal ClockJumpWatch ClockJumps { get; }

    private void Receive(ISipTransport transport, IPEndPoint remote, SipParseResult result)
    {
        if (result.Message is null)
        {
            _log.LogDebug("Bytes from {Remote} are no SIP message: {Rejection}", remote, result.Rejection);
            return;
        }

        _trace?.Record(false, transport, remote, result.Message);
        var rejection = result.Rejection != SipRejection.None ? result.Rejection : SipMessageRules.Check(result.Message);
        if (rejection != SipRejection.None)
        {
            _refusals.Refuse(transport, remote, result.Message, rejection);
        }
        else if (result.Message is SipResponse response)
        {
            if (!_transactions.Receive(response))
            {
                _log.LogDebug("A {Status} from {Remote} belongs to no transaction", response.StatusCode, remote);
            }
        }
        else if (_transactions.Receive((SipRequest)result.Message, transport, remote) is { } transaction)
        {
            Dispatch(transaction);
        }
    }

    private ISipTransport TransportTo(SipTarget target) => Find(target.Transport)
        ?? throw new SipTransportException($"This endpoint has no {SipTarget.NameOf(target.Transport)} transport.");

    /// <summary>Adds our Via, and gives its branch.</summary>
    private static string AddVia(SipRequest request, ISipTransport transport, string branchSuffix)
    {
        var branch = SipTokens.NewBranch() + branchSuffix;
        request.Headers.AddFirst(HeaderId.Via, ViaText.Write(transport, branch));
        AddMaxForwards(request);
        return branch;
    }

    private static void AddMaxForwards(SipRequest request)
    {
        if (!request.Headers.Contains(HeaderId.MaxForwards))
        {
            request.Headers.Add(HeaderId.MaxForwards, "70");
        }
    }

    private void OnAck(SipRequest ack) => Filter?.OnAck(ack);

    private void OnOverLimit(SipRequest request, ISipTransport transport, IPEndPoint remote) => _refusals.RefuseOverLimit(request, transport, remote);

    private void Dispatch(ServerTransaction transaction)
    {
        try
        {
            if (Filter?.TryTake(transaction) == true)
            {
                return;
            }
        }
#pragma warning disable CA1031 // Whatever a filter throws costs its request, never the receive loop.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _log.LogError(e, "A {Method} could not be handled", transaction.Request.Method);
            transaction.Respond(500);
            return;
        }

        if (_handlerScheduler == TaskScheduler.Default)
        {
            transaction.Lanes = _lanes;
            _lanes.Post(transaction);
        }
        else
        {
            Schedule(transaction);
        }
    }

    private void Schedule(ServerTransaction transaction) => _ = Task.Factory.StartNew(
        () => HandleAsync(transaction), CancellationToken.None, TaskCreationOptions.DenyChildAttach, _handlerScheduler);

    private async Task HandleAsync(ServerTransaction transaction)
    {
        try
        {
            await _handler(transaction).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a handler throws costs its request, never the stack.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _log.LogError(e, "The handler of a {Method} failed", transaction.Request.Method);
            transaction.Respond(500);
        }
    }
}
