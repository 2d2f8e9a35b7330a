using System.Collections.Concurrent;
using System.Runtime.InteropServices.ComTypes;
using ComIm.Com.UccApi.Contract;
using ComIm.TestKit;

namespace ComIm.Com.Tests.UccApi;

/// <summary>One event as it was raised.</summary>
internal sealed record RecordedEvent(string Name, object Source, object Data)
{
    public T As<T>() => (T)Data;
}

/// <summary>A sink for the events of the core: it keeps them in the order in which they come.</summary>
internal sealed partial class Recorder
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly BlockingCollection<RecordedEvent> _events = [];

    /// <summary>Called with each event on the thread that brings it, before it can be taken.</summary>
    public Action<RecordedEvent>? Reaction { get; set; }

    public bool IsEmpty => _events.Count == 0;

    /// <summary>Listens to the events of an object as the seed's <c>UCC_Advise</c> does.</summary>
    /// <returns>Ends it.</returns>
    public Action Advise<T>(object source)
    {
        var id = typeof(T).GUID;
        ((IConnectionPointContainer)source).FindConnectionPoint(ref id, out var point);
        point!.Advise(this, out var cookie);
        return () => point.Unadvise(cookie);
    }

    /// <summary>
    /// The next event, which is to have this name. That the machine's addresses have changed nobody else's test has asked for: those that
    /// make networks of their own run beside.
    /// </summary>
    public RecordedEvent Take(string name)
    {
        var taken = Take();
        while (taken.Name == nameof(OnIpAddrChange) && name != nameof(OnIpAddrChange))
        {
            taken = Take();
        }

        Assert.Equal(name, taken.Name);
        return taken;
    }

    /// <summary>The next event, which is to have this name, for a clock that goes on while it is waited for.</summary>
    public RecordedEvent Take(string name, ManualTimeProvider clock)
    {
        var left = (int)(Patience / Tick);
        RecordedEvent? taken;
        while (!_events.TryTake(out taken, Tick) && left-- > 0)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(name, taken?.Name);
        return taken!;
    }

    public RecordedEvent Take() =>
        _events.TryTake(out var taken, Patience) ? taken : throw new TimeoutException("No event came.");

    /// <summary>The next event, which ends an operation well.</summary>
    public RecordedEvent TakeSuccess(string name) => TakeResult(name, 0);

    /// <summary>The next event, which ends an operation with this code.</summary>
    public RecordedEvent TakeResult(string name, int statusCode)
    {
        var taken = Take(name);
        var progress = taken.As<IUccOperationProgressEvent>();
        Assert.True(progress.IsComplete);
        Assert.Equal($"0x{statusCode:X8}", $"0x{progress.StatusCode:X8}");
        return taken;
    }

    private void Record(string name, object source, object data)
    {
        var recorded = new RecordedEvent(name, source, data);
        Reaction?.Invoke(recorded);
        _events.Add(recorded);
    }
}
