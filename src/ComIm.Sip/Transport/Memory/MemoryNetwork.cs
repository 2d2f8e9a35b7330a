using System.Net;

namespace ComIm.Sip.Transport.Memory;

/// <summary>
/// A network in memory, to test applications without sockets: datagrams and connections between any addresses, with the
/// faults that are asked for. Everything arrives by a timer of the clock, so with a clock that a test moves it arrives on the
/// thread that moves it; the same seed, clock and sends give the same order of events.
/// </summary>
public sealed class MemoryNetwork : IDisposable
{
    private const int FirstEphemeralPort = 49_152;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ITimer _timer;
    private readonly PriorityQueue<Action, (long Due, long Order)> _events = new();
    private readonly Dictionary<(bool IsStream, IPEndPoint EndPoint), MemoryTransport> _bound = [];
    private readonly HashSet<IPAddress> _unreachable = [];
    private readonly List<MemoryConnection> _connections = [];
    private MemoryNetworkConditions _conditions;
    private long _order;
    private int _nextPort = FirstEphemeralPort;
    private bool _isDelivering;

    /// <summary>Makes an empty network.</summary>
    /// <param name="time">The clock by which everything arrives.</param>
    /// <param name="seed">Decides what is lost, doubled and late.</param>
    /// <param name="conditions">The faults; none where null.</param>
    public MemoryNetwork(TimeProvider time, int seed = 1, MemoryNetworkConditions? conditions = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
#pragma warning disable CA5394 // It has to be repeatable, and guards nothing.
        _random = new Random(seed);
#pragma warning restore CA5394
        _conditions = conditions ?? MemoryNetworkConditions.Perfect;
        _timer = time.CreateTimer(static n => ((MemoryNetwork)n!).Deliver(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The faults from now on.</summary>
    public MemoryNetworkConditions Conditions
    {
        get
        {
            lock (_gate)
            {
                return _conditions;
            }
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            lock (_gate)
            {
                _conditions = value;
            }
        }
    }

    /// <summary>Binds a transport to an address.</summary>
    /// <param name="kind">UDP for datagrams; TCP and TLS for connections, which carry the same plain bytes here.</param>
    /// <param name="local">Any address; port 0 takes a free one.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="InvalidOperationException">Another has the address.</exception>
    public MemoryTransport Bind(SipTransportKind kind, IPEndPoint local, SipTransportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(local);
        lock (_gate)
        {
            var endPoint = local.Port == 0 ? NextEndPoint(local.Address) : local;
            var transport = new MemoryTransport(this, kind, endPoint, options ?? SipTransportOptions.Default);
            return _bound.TryAdd((transport.IsStream, endPoint), transport)
                ? transport
                : throw new InvalidOperationException($"{SipTarget.NameOf(kind)} {endPoint} is bound already.");
        }
    }

    /// <summary>Cuts a host off: datagrams to and from it vanish, connections to it cannot be made, open ones are cut.</summary>
    /// <param name="address">The host.</param>
    public void Isolate(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        lock (_gate)
        {
            _unreachable.Add(address);
        }

        CutConnections(address);
    }

    /// <summary>Ends <see cref="Isolate"/>.</summary>
    /// <param name="address">The host.</param>
    public void Rejoin(IPAddress address)
    {
        lock (_gate)
        {
            _unreachable.Remove(address);
        }
    }

    /// <summary>Cuts every open connection of a host; both ends learn it as if the network had failed.</summary>
    /// <param name="address">The host.</param>
    public void CutConnections(IPAddress address)
    {
        List<MemoryConnection> cut;
        lock (_gate)
        {
            cut = _connections.FindAll(c => c.Touches(address));
        }

        foreach (var connection in cut)
        {
            Close(connection, null);
        }
    }

    /// <summary>Drops what is under way and delivers nothing more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _events.Clear();
        }

        _timer.Dispose();
    }

    /// <summary>Sends a datagram; nobody learns what becomes of it, but that nobody listens.</summary>
    internal void SendDatagram(MemoryTransport from, IPEndPoint to, byte[] bytes)
    {
        lock (_gate)
        {
            if (!CanReach(from.LocalEndPoint, to) || NextDouble() < _conditions.Loss)
            {
                return;
            }

            for (var copies = NextDouble() < _conditions.Duplication ? 2 : 1; copies > 0; copies--)
            {
                Schedule(NextDelay(), () => Arrive(from, to, bytes));
            }
        }
    }

    /// <summary>Makes a connection.</summary>
    /// <exception cref="SipTransportException">Nobody listens there, or there is no way.</exception>
    internal MemoryConnection Connect(MemoryTransport from, SipTarget target)
    {
        lock (_gate)
        {
            if (!CanReach(from.LocalEndPoint, target.EndPoint) || !_bound.TryGetValue((true, target.EndPoint), out var to))
            {
                throw new SipTransportException($"No connection can be made to {target}.", null, SipTransportFault.Unreachable);
            }

            var connection = new MemoryConnection(from, NextEndPoint(from.LocalEndPoint.Address), to);
            _connections.Add(connection);
            return connection;
        }
    }

    /// <summary>Sends bytes over a connection: they arrive in order, in reads of the size that is asked for.</summary>
    internal void SendStream(MemoryConnection connection, MemoryTransport from, byte[] bytes)
    {
        lock (_gate)
        {
            var maxRead = _conditions.MaxRead;
            var due = connection.InOrder(from, _time.GetTimestamp() + Ticks(NextDelay()));
            ScheduleAt(due, () => connection.Arrive(from, bytes, maxRead));
        }
    }

    /// <summary>Ends a connection; its other end, or both where nobody did it, learns it after what was sent before.</summary>
    internal void Close(MemoryConnection connection, MemoryTransport? by)
    {
        lock (_gate)
        {
            if (_connections.Remove(connection))
            {
                var due = by is null ? _time.GetTimestamp() : connection.InOrder(by, _time.GetTimestamp() + Ticks(NextDelay()));
                ScheduleAt(due, () => connection.End(by));
            }
        }
    }

    internal void Unbind(MemoryTransport transport)
    {
        lock (_gate)
        {
            _bound.Remove((transport.IsStream, transport.LocalEndPoint));
        }
    }

    private void Arrive(MemoryTransport from, IPEndPoint to, byte[] bytes)
    {
        MemoryTransport? receiver;
        lock (_gate)
        {
            _bound.TryGetValue((false, to), out receiver);
        }

        if (receiver is null)
        {
            from.Report(to, new SipTransportException($"Nobody listens at {to}.", null, SipTransportFault.Unreachable));
            return;
        }

        receiver.ReceiveDatagram(from.LocalEndPoint, bytes);
    }

    private bool CanReach(IPEndPoint from, IPEndPoint to) => !_unreachable.Contains(from.Address) && !_unreachable.Contains(to.Address);

    private IPEndPoint NextEndPoint(IPAddress address) => new(address, _nextPort++);

#pragma warning disable CA5394 // It has to be repeatable, and guards nothing.
    private double NextDouble() => _random.NextDouble();
#pragma warning restore CA5394

    private TimeSpan NextDelay() => _conditions.MinDelay + ((_conditions.MaxDelay - _conditions.MinDelay) * NextDouble());

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);

    private void Schedule(TimeSpan delay, Action action) => ScheduleAt(_time.GetTimestamp() + Ticks(delay), action);

    private void ScheduleAt(long due, Action action)
    {
        _events.Enqueue(action, (due, _order++));
        if (!_isDelivering)
        {
            SetTimer();
        }
    }

    private void SetTimer()
    {
        if (_events.TryPeek(out _, out var next))
        {
            var ticks = Math.Max(0, next.Due - _time.GetTimestamp());
            _timer.Change(TimeSpan.FromSeconds((double)ticks / _time.TimestampFrequency), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Delivers what is due, one after the other; what that sends without delay, too.</summary>
    private void Deliver()
    {
        lock (_gate)
        {
            if (_isDelivering)
            {
                return;
            }

            _isDelivering = true;
        }

        while (TryTakeDue() is { } action)
        {
            action();
        }
    }

    private Action? TryTakeDue()
    {
        lock (_gate)
        {
            if (_events.TryPeek(out var action, out var next) && next.Due <= _time.GetTimestamp())
            {
                _events.Dequeue();
                return action;
            }

            _isDelivering = false;
            SetTimer();
            return null;
        }
    }
}
