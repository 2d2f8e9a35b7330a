using System.Net;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Transport.Streams;

/// <summary>One TCP or TLS connection: frames what comes in, and writes what goes out in order, many messages at once.</summary>
internal sealed class StreamConnection : IAsyncDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly UpgradedStream _upgraded;
    private readonly ISipTransport _transport;
    private readonly SipTransportOptions _options;
    private readonly SendQueue _queue;
    private readonly SipStreamFramer _framer;
    private readonly PongWaiter _pong = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly long _opened;
    private SipTransportException? _cause;
    private long _lastReceived;
    private long _writeStarted;
    private long _incompleteSince;
    private int _incomplete;
    private bool _hasMessage;
    private bool _isDisposed;

    public StreamConnection(UpgradedStream upgraded, IPEndPoint remote, bool isInbound, ISipTransport transport, SipTransportOptions options)
    {
        _upgraded = upgraded;
        Remote = remote;
        IsInbound = isInbound;
        _transport = transport;
        _options = options;
        _queue = new SendQueue(options.Limits.MaxPendingBytes, () => _ = WriteAsync());
        _framer = new SipStreamFramer(options.MessageLimits);
        _opened = _lastReceived = options.TimeProvider.GetTimestamp();
    }

    public IPEndPoint Remote { get; }

    /// <summary>True where the peer made the connection.</summary>
    public bool IsInbound { get; }

    /// <summary>True from the end of the connection on: no message goes over it any more.</summary>
    public bool IsClosed => Volatile.Read(ref _cause) is not null;

    /// <summary>Where what has not come whole is counted; null where it is not.</summary>
    public IncompleteBytes? IncompleteBytes { get; init; }

    /// <summary>Called with each request whose Via offers to reuse the connection backwards (RFC 5923).</summary>
    public Action<StreamConnection, ViaHeader>? AliasOffered { get; init; }

    /// <summary>True where the peer has proved to be a name, or none is asked for, or the transport proves nothing.</summary>
    public bool Serves(string? hostName) =>
        hostName is null || _upgraded.PeerNames?.Contains(hostName, StringComparer.OrdinalIgnoreCase) != false;

    /// <summary>Queues one message, and waits for room where the peer is slow.</summary>
    /// <exception cref="SipTransportException">The connection is closed.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => _queue.EnqueueAsync(bytes, cancellationToken);

    /// <summary>Receives until the connection ends; then says so.</summary>
    public async Task ReceiveAsync(ISipTransportReceiver receiver)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(16 * 1024);
        Exception? cause = null;
        try
        {
            while (!_framer.IsBroken && await _upgraded.Stream.ReadAsync(buffer, _stop.Token).ConfigureAwait(false) is var count and > 0)
            {
                Volatile.Write(ref _lastReceived, _options.TimeProvider.GetTimestamp());
                _framer.Feed(buffer.AsSpan(0, count));
                CountIncomplete(Deliver(receiver));
                await AnswerPingsAsync().ConfigureAwait(false);
            }

            if (_framer.IsBroken)
            {
                // The refusal of what broke it is the last that this peer gets.
                await DrainAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SipTransportException)
        {
            cause = e;
        }

        IncompleteBytes?.Change(_incomplete, 0);
        Abort(new SipTransportException($"The connection to {Remote} was lost.", cause, SipTransportFault.ConnectionLost));
        if (!_isDisposed)
        {
            receiver.OnFailed(_transport, Remote, _cause!);
        }
    }

    /// <summary>
    /// Sends a ping. A peer that has answered one before must answer this one in time, else the connection is dead. One that
    /// has never answered does not know RFC 5626: it is not asked to again, and the ping only keeps the way open.
    /// </summary>
    public async ValueTask<bool> PingAsync(CancellationToken cancellationToken)
    {
        var answered = _pong.Expect();
        await SendAsync("\r\n\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        if (answered is null)
        {
            return false;
        }

        try
        {
            return await answered.WaitAsync(_options.Limits.PongTimeout, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!_pong.GiveUp())
        {
            return false;
        }
        catch (TimeoutException e)
        {
            var cause = new SipTransportException($"{Remote} no longer answers keep-alives.", e, SipTransportFault.ConnectionLost);
            Abort(cause);
            throw cause;
        }
    }

    /// <summary>Closes the connection where it has waited too long for its peer.</summary>
    public void CheckTimeouts()
    {
        var limits = _options.Limits;
        var started = Volatile.Read(ref _writeStarted);
        if (started != 0 && Since(started) > limits.SendTimeout)
        {
            Abort(new SipTransportException($"{Remote} does not read what is sent to it.", null, SipTransportFault.Stalled));
        }
        else if (IsInbound && !Volatile.Read(ref _hasMessage) && Since(_opened) > limits.FirstMessageTimeout)
        {
            Abort(new SipTransportException($"{Remote} connected and sent no message.", null, SipTransportFault.ConnectionLost));
        }
        else if (IsInbound && Volatile.Read(ref _incompleteSince) is var begun and not 0 && Since(begun) > limits.MessageTimeout)
        {
            Abort(new SipTransportException($"{Remote} has not finished a message.", null, SipTransportFault.ConnectionLost));
        }
        else if (IsInbound && Since(Volatile.Read(ref _lastReceived)) > limits.IdleTimeout)
        {
            Abort(new SipTransportException($"{Remote} was silent for too long.", null, SipTransportFault.ConnectionLost));
        }
    }

    public async ValueTask DisposeAsync()
    {
        // What is queued goes out first: the answer to the last request is among it.
        _isDisposed = true;
        await DrainAsync().ConfigureAwait(false);
        Abort(new SipTransportException("The transport is closed.", null, SipTransportFault.Closed));
        await _upgraded.Stream.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Hands over what has come whole; false where nothing has.</summary>
    private bool Deliver(ISipTransportReceiver receiver)
    {
        var isAny = false;
        while (_framer.TryRead(out var result))
        {
            isAny = true;
            _hasMessage |= result.Rejection == SipRejection.None;
            if (AliasOffered is not null && result.Message is SipRequest { TopVia: { } via } && via.Parameters.Contains("alias"))
            {
                AliasOffered(this, via);
            }

            receiver.OnReceived(_transport, Remote, result);
        }

        return isAny;
    }

    private void CountIncomplete(bool isAnotherMessage)
    {
        var now = _framer.Incomplete;
        if (now == 0)
        {
            Volatile.Write(ref _incompleteSince, 0);
        }
        else if (_incomplete == 0 || isAnotherMessage)
        {
            Volatile.Write(ref _incompleteSince, _options.TimeProvider.GetTimestamp() | 1);
        }

        var before = Interlocked.Exchange(ref _incomplete, now);
        if (IncompleteBytes?.Change(before, now) == false)
        {
            Abort(new SipTransportException($"{Remote} and others leave too many messages unfinished.", null, SipTransportFault.ConnectionLost));
        }
    }

    private async ValueTask AnswerPingsAsync()
    {
        for (var lineEnds = _framer.TakeLineEnds(); lineEnds > 0; lineEnds--)
        {
            if (_pong.TakeLineEnd())
            {
                await SendAsync("\r\n"u8.ToArray(), _stop.Token).ConfigureAwait(false);
            }
        }
    }

    private async Task DrainAsync()
    {
        try
        {
            await _queue.DrainAsync().WaitAsync(LastWords, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The peer does not read; what is left is lost with the connection.
        }
    }

    private TimeSpan Since(long timestamp) => _options.TimeProvider.GetElapsedTime(timestamp);

    /// <summary>The first burst is written by the sender itself; the pool writes what has gathered meanwhile.</summary>
    private async Task WriteAsync()
    {
        try
        {
            for (var burst = 0; _queue.TryTake(out var batch); burst++)
            {
                if (burst > 0)
                {
                    await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                }

                Volatile.Write(ref _writeStarted, _options.TimeProvider.GetTimestamp() | 1);
                await _upgraded.Stream.WriteAsync(batch, _stop.Token).ConfigureAwait(false);
                Volatile.Write(ref _writeStarted, 0);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The receive loop sees the same end and reports it.
            Abort(new SipTransportException($"The connection to {Remote} was lost.", e, SipTransportFault.ConnectionLost));
        }
    }

    private void Abort(SipTransportException cause)
    {
        if (Interlocked.CompareExchange(ref _cause, cause, null) is null)
        {
            _queue.Close(new SipTransportException(cause.Message, cause, SipTransportFault.FlowClosed));
            _pong.Fail(cause);
            _stop.Cancel();
        }
    }
}
