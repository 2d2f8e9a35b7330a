namespace ComIm.Sip.Transport;

/// <summary>
/// Keeps the flow to a server open and finds out when it is dead (RFC 5626 section 4.4.1): pings every 95 to 120 s over a
/// connection, every 25 to 29 s over UDP, at a different time for every client. RFC 5626 asks for STUN over UDP; the plain
/// line end sent here keeps an address translation open as well, is ignored by every server (RFC 3261 section 7.5), and is
/// not answered, so over UDP only the network's own report or the next registration finds a dead flow.
/// </summary>
public sealed class FlowKeepAlive : IAsyncDisposable
{
    private readonly ISipTransport _transport;
    private readonly SipTarget _target;
    private readonly Func<double> _random;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private bool _isStarted;

    /// <summary>Makes one; it does nothing before <see cref="Start"/>.</summary>
    /// <param name="transport">The transport of the flow.</param>
    /// <param name="target">Its other end.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Numbers from 0 to 1 for the jitter; the shared source where null.</param>
    public FlowKeepAlive(ISipTransport transport, SipTarget target, TimeProvider time, Func<double>? random = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(time);
        _transport = transport;
        _target = target;
        _random = random ?? Random.Shared.NextDouble;
        _timer = time.CreateTimer(_ => _ = PingAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins, once the flow stands. The first ping goes out at once: it learns whether the peer answers pings.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_isStarted)
            {
                return;
            }

            _isStarted = true;
        }

        SetTimer(TimeSpan.Zero);
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The pause before the next ping.</summary>
    /// <param name="transport">Over what.</param>
    /// <param name="random">A number from 0 to 1.</param>
    internal static TimeSpan Interval(SipTransportKind transport, double random) =>
        TimeSpan.FromSeconds(transport == SipTransportKind.Udp ? 25 + (4 * random) : 95 + (25 * random));

    private async Task PingAsync()
    {
        try
        {
            await _transport.PingAsync(_target, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SipTransportException or OperationCanceledException)
        {
            // The transport reports lost flows itself; whoever registers makes another, which is pinged in its turn.
        }

        SetTimer(Interval(_transport.Kind, _random()));
    }

    private void SetTimer(TimeSpan delay)
    {
        if (!_stop.IsCancellationRequested)
        {
            _timer.Change(delay, Timeout.InfiniteTimeSpan);
        }
    }
}
