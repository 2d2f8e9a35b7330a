using System.Runtime.InteropServices;
using System.Runtime.InteropServices.ComTypes;

namespace ComIm.Com.Interop;

/// <summary>A scriptable object that raises events: one connection point for each of its source interfaces.</summary>
[ComVisible(false)]
public abstract class EventSourceObject : DispatchObject, IConnectionPointContainer
{
    private readonly ConnectionPoint[] _points;

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

    /// <summary>There will be no more events: the sinks are let go of when they have had those that wait.</summary>
    private protected void CompleteEvents() => Array.ForEach(_points, static point => point.Complete());

    private protected ConnectionPoint PointFor(Type sourceInterface) =>
        Array.Find(_points, point => point.InterfaceId == sourceInterface.GUID)!;
}
