using System.Runtime.InteropServices;
using System.Runtime.InteropServices.ComTypes;

namespace ComIm.Com.Interop;

/// <summary>
/// One source interface of an object and the sinks that listen to it. Raising an event only puts it into the sinks'
/// queues (<see cref="SinkQueue"/>), so it never waits for a sink and may be done from any thread.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class ConnectionPoint(IConnectionPointContainer owner, Type sourceInterface, SinkLane? lane = null) : IConnectionPoint
{
    // More does not happen to a session or to who is in it before clients know of it.
    internal const int UsualEarlyCapacity = 64;

    private readonly Lock _gate = new();
    private readonly DispatchTable _contract = DispatchTable.For(sourceInterface);
    private readonly Dictionary<int, SinkQueue> _sinks = [];
    private SinkQueue[] _snapshot = [];
    private List<(int DispId, object?[] Arguments)>? _early;
    private int _earlyCapacity;
    private int _lastCookie;
    private bool _isComplete;

    // A client that goes without Unadvise must not leave its threads behind.
    ~ConnectionPoint()
    {
        foreach (var queue in _snapshot)
        {
            queue.Close();
        }
    }

    public Guid InterfaceId { get; } = sourceInterface.GUID;

    /// <summary>Where the events are kept for a script that waits for them; null while none does.</summary>
    public EventInbox? Inbox
    {
        get;
        set
        {
            lock (_gate)
            {
                field = value;
                foreach (var (dispId, arguments) in _early ?? [])
                {
                    Keep(dispId, arguments, isKept: false);
                }
            }
        }
    }

    internal IReadOnlyList<SinkQueue> Queues => Volatile.Read(ref _snapshot);

    public void GetConnectionInterface(out Guid pIID) => pIID = InterfaceId;

    public void GetConnectionPointContainer(out IConnectionPointContainer ppCPC) => ppCPC = owner;

    public void EnumConnections(out IEnumConnections ppEnum) =>
        throw new HResultException(HResults.NotImplemented, "The connections of others are not shown.");

    /// <summary>Connects a sink. It is called on the thread that connects it where that is an STA, else on one of its own.</summary>
    /// <param name="pUnkSink">A COM object with the source interface or IDispatch, or a C# object with the source interface.</param>
    /// <param name="pdwCookie">Names the connection for <see cref="Unadvise"/>.</param>
    public void Advise(object pUnkSink, out int pdwCookie)
    {
        ArgumentNullException.ThrowIfNull(pUnkSink);
        pdwCookie = Connect(pUnkSink, isNamed: false);
    }

    /// <summary>Whether a sink could be connected: any COM object may have IDispatch, a C# object must have the events.</summary>
    internal bool Fits(object sink) => Marshal.IsComObject(sink) || _contract.Contract.IsInstanceOfType(sink);

    /// <summary>Connects a sink.</summary>
    /// <param name="sink">The sink.</param>
    /// <param name="isNamed">Whether a script's object is called only for the events of which it has the names.</param>
    /// <returns>What ends it.</returns>
    internal int Connect(object sink, bool isNamed)
    {
        var target = MakeTarget(sink, isNamed);
        ISinkThread thread = OperatingSystem.IsWindows() && Apartment.IsSta ? StaWindow.Current : lane ?? (ISinkThread)new SinkThread();
        var queue = new SinkQueue(_contract, target, thread);
        thread.Serve(queue);
        lock (_gate)
        {
            foreach (var (dispId, arguments) in _early ?? [])
            {
                queue.Enqueue(dispId, arguments);
            }

            if (_isComplete)
            {
                queue.Complete();
            }

            var cookie = ++_lastCookie;
            _sinks.Add(cookie, queue);
            Volatile.Write(ref _snapshot, _isComplete ? [] : [.. _sinks.Values]);

            // Last: who raises an event and sees that nothing is kept any more looks for the sinks without the gate, and must find this one.
            Volatile.Write(ref _early, null);
            return cookie;
        }
    }

    /// <summary>Disconnects a sink. Events that wait for it are not delivered any more.</summary>
    /// <param name="dwCookie">What <see cref="Advise"/> gave.</param>
    public void Unadvise(int dwCookie)
    {
        SinkQueue? queue;
        lock (_gate)
        {
            if (!_sinks.Remove(dwCookie, out queue))
            {
                throw new HResultException(HResults.NoConnection, $"There is no connection {dwCookie}.");
            }

            _snapshot = _isComplete ? [] : [.. _sinks.Values];
        }

        queue.Close();
    }

    /// <summary>Raises an event to every sink that is connected now.</summary>
    /// <param name="dispId">The event.</param>
    /// <param name="arguments">Its arguments in the order in which they are declared.</param>
    public void Raise(int dispId, params object?[] arguments)
    {
        var queues = ListenersOf(dispId, arguments, out var isKept);
        foreach (var queue in queues)
        {
            queue.Enqueue(dispId, arguments);
        }

        Keep(dispId, arguments, isKept);
    }

    /// <summary>Raises an event, and tells when every sink has returned from it.</summary>
    /// <param name="delivered">Called once, on the thread of the last sink, or here where there is none. It may not block.</param>
    /// <param name="dispId">The event.</param>
    /// <param name="arguments">Its arguments in the order in which they are declared.</param>
    public void RaiseAnd(Action delivered, int dispId, params object?[] arguments)
    {
        var queues = ListenersOf(dispId, arguments, out var isKept);
        var left = queues.Length + 1;
        foreach (var queue in queues)
        {
            queue.Enqueue(dispId, arguments, OnDelivered);
        }

        Keep(dispId, arguments, isKept);
        OnDelivered();

        void OnDelivered()
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                delivered();
            }
        }
    }

    /// <summary>
    /// There will be no more events. Each sink is let go of when it has had those that wait, so that an object that is over
    /// holds no client, even one that forgets to <see cref="Unadvise"/>.
    /// </summary>
    public void Complete()
    {
        SinkQueue[] queues;
        lock (_gate)
        {
            _isComplete = true;
            queues = _snapshot;
            _snapshot = [];
        }

        foreach (var queue in queues)
        {
            queue.Complete();
        }
    }

    /// <summary>
    /// Keeps what is raised while nobody listens, for the first who does: clients learn of the object by an event that is
    /// still on its way to them, and are told by the documentation to listen then.
    /// </summary>
    /// <param name="capacity">How many; its newest are dropped.</param>
    public void KeepEarly(int capacity = UsualEarlyCapacity)
    {
        lock (_gate)
        {
            _early ??= [];
            _earlyCapacity = capacity;
        }
    }

    /// <summary>Clients know of the object: who does not listen now does not want to.</summary>
    public void ForgetEarly()
    {
        lock (_gate)
        {
            _early = null;
        }
    }

    // Whether it is kept: a script that begins to wait gets it then.
    private SinkQueue[] ListenersOf(int dispId, object?[] arguments, out bool isKept)
    {
        isKept = false;
        if (Volatile.Read(ref _early) == null)
        {
            return Volatile.Read(ref _snapshot);
        }

        lock (_gate)
        {
            if (_sinks.Count == 0 && _early?.Count < _earlyCapacity)
            {
                _early.Add((dispId, arguments));
                isKept = Inbox == null;
            }

            return _snapshot;
        }
    }

    // After the sinks: EventInbox.Take relies on the order.
    private void Keep(int dispId, object?[] arguments, bool isKept)
    {
        if (!isKept && Inbox is { } inbox && _contract.Find(dispId) is { } member)
        {
            inbox.Add(member.Name, arguments);
        }
    }

    private SinkTarget MakeTarget(object sink, bool isNamed)
    {
        // Type identity first: on Linux it is the only way, and a C# sink needs no COM on Windows either.
        if (!Marshal.IsComObject(sink) && _contract.Contract.IsInstanceOfType(sink))
        {
            return new ManagedSinkTarget(sink);
        }

        SinkTarget? target = null;
        if (OperatingSystem.IsWindows())
        {
            target = NativeSinkTarget.TryCreate(sink, _contract, isNamed);
            if (Marshal.IsComObject(sink))
            {
                // Our own reference is enough; the wrapper's would last until some garbage collection.
                Marshal.ReleaseComObject(sink);
            }
        }

        return target ?? throw new HResultException(
            HResults.CannotConnect, $"The sink has neither the interface {_contract.Contract.Name} nor IDispatch.");
    }
}
