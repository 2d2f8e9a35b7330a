using System.Runtime.InteropServices;
using System.Runtime.InteropServices.ComTypes;

namespace ComIm.Com.Interop;

/// <summary>A scriptable object that raises events: one connection point for each of its source interfaces.</summary>
[ComVisible(false)]
public abstract class EventSourceObject : DispatchObject, IConnectionPointContainer, IScriptEvents
{
    private readonly ConnectionPoint[] _points;
    private readonly Lock _sinkGate = new();
    private List<(ConnectionPoint Point, int Cookie)> _sinkConnections = [];
    private EventInbox? _inbox;

    private protected EventSourceObject(params Type[] sourceInterfaces) =>
        _points = [.. sourceInterfaces.Select(source => new ConnectionPoint(this, source))];

    private protected EventSourceObject(DispatchTable dispatch, IEnumerable<Type> sourceInterfaces, SinkLane? lane = null)
        : base(dispatch)
    {
        Lane = lane;
        _points = [.. sourceInterfaces.Select(source => new ConnectionPoint(this, source, lane))];
    }

    /// <summary>Where the sinks of this object and of those that it makes are called in one order; null for each by itself.</summary>
    internal SinkLane? Lane { get; }

    object? IScriptEvents.Sink
    {
        set => ConnectSink(value);
    }

    IScriptEvent? IScriptEvents.WaitForEvent(int timeoutMs) =>
        Inbox.Take(timeoutMs < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(timeoutMs));

    private EventInbox Inbox
    {
        get
        {
            if (_inbox == null && Interlocked.CompareExchange(ref _inbox, new EventInbox(), null) == null)
            {
                foreach (var point in _points)
                {
                    point.Inbox = _inbox;
                }
            }

            return _inbox;
        }
    }

    /// <summary>Lists the connection points.</summary>
    /// <param name="ppEnum">The enumerator.</param>
    void IConnectionPointContainer.EnumConnectionPoints(out IEnumConnectionPoints ppEnum) =>
        ppEnum = new ConnectionPointEnumerator(_points);

    /// <summary>Finds the connection point of a source interface.</summary>
    /// <param name="riid">The interface.</param>
    /// <param name="ppCP">Its connection point.</param>
    void IConnectionPointContainer.FindConnectionPoint(ref Guid riid, out IConnectionPoint? ppCP)
    {
        var id = riid;
        ppCP = Array.Find(_points, point => point.InterfaceId == id)
            ?? throw new HResultException(HResults.NoConnection, $"{GetType().Name} has no events {riid:B}.");
    }

    // An object whose events a script may wait for keeps them from here on: the next call may raise them.
    internal sealed override void OnLateBound()
    {
        if (Dispatch.Find(nameof(IScriptEvents.WaitForEvent)) != null)
        {
            _ = Inbox;
        }
    }

    private void ConnectSink(object? sink)
    {
        lock (_sinkGate)
        {
            foreach (var (point, cookie) in _sinkConnections)
            {
                point.Unadvise(cookie);
            }

            _sinkConnections = [];
            if (sink is null or Nothing or DBNull or System.Reflection.Missing)
            {
                return;
            }

            var isComObject = Marshal.IsComObject(sink);
            foreach (var point in _points.Where(p => p.Fits(sink)))
            {
                _sinkConnections.Add((point, point.Connect(isComObject ? AnotherReference(sink) : sink, isNamed: true)));
            }

            if (isComObject && OperatingSystem.IsWindows())
            {
                Marshal.ReleaseComObject(sink);
            }
        }
    }

    // Each connection gives its reference back.
    private static object AnotherReference(object sink)
    {
        if (!OperatingSystem.IsWindows())
        {
            return sink;
        }

        var unknown = Marshal.GetIUnknownForObject(sink);
        try
        {
            return Marshal.GetObjectForIUnknown(unknown);
        }
        finally
        {
            Marshal.Release(unknown);
        }
    }

    /// <summary>Clients are about to learn of the object; see <see cref="ConnectionPoint.KeepEarly"/>.</summary>
    /// <param name="capacity">How many events are kept.</param>
    private protected void KeepEarlyEvents(int capacity = ConnectionPoint.UsualEarlyCapacity) =>
        Array.ForEach(_points, point => point.KeepEarly(capacity));

    /// <summary>Clients know of the object.</summary>
    private protected void ForgetEarlyEvents() => Array.ForEach(_points, static point => point.ForgetEarly());

    /// <summary>There will be no more events: the sinks are let go of when they have had those that wait.</summary>
    private protected void CompleteEvents() => Array.ForEach(_points, static point => point.Complete());

    private protected ConnectionPoint PointFor(Type sourceInterface) =>
        Array.Find(_points, point => point.InterfaceId == sourceInterface.GUID)!;
}
