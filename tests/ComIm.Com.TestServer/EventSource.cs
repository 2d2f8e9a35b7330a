using System.Runtime.InteropServices;
using ComIm.Com.Automation;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Objects;

namespace ComIm.Com.TestServer;

/// <summary>Raises events through the connection points of the product: as ComIm.Application does, or as UCC objects do.</summary>
[ComVisible(true)]
[Guid("9f7f6d0e-1b0e-4a39-9a55-0c1d8a6c7f42")]
[ClassInterface(ClassInterfaceType.None)]
public sealed class EventSource : EventSourceObject, IEventSource
{
    // A sink's queue holds 4,096: two batches on their way keep it busy, and nothing is dropped.
    private const int Batch = 1024;
    private const int OnWay = 2;
    private const int StateChangedEvent = 2;

    private readonly ConnectionPoint _events;

    public EventSource()
        : this(null)
    {
    }

    /// <param name="lane">Where sinks outside STAs are called in one order, as those of UCC objects are; null for each by itself.</param>
    internal EventSource(SinkLane? lane)
        : base(DispatchTable.For(typeof(IEventSource)), [typeof(IComImEvents)], lane) => _events = PointFor(typeof(IComImEvents));

    public void Start(int count, bool withObjects)
    {
        object?[] arguments = withObjects ? [new UccContext(), new UccContext()] : ["SignedIn"];
        var thread = new Thread(() => Raise(count, arguments)) { IsBackground = true };
        thread.Start();
    }

    private void Raise(int count, object?[] arguments)
    {
        using var room = new SemaphoreSlim(OnWay);
        for (var raised = 0; raised < count; raised++)
        {
            if (raised % Batch != 0)
            {
                _events.Raise(StateChangedEvent, arguments);
                continue;
            }

            room.Wait();
            _events.RaiseAnd(() => room.Release(), StateChangedEvent, arguments);
        }

        for (var i = 0; i < OnWay; i++)
        {
            room.Wait();
        }
    }
}
