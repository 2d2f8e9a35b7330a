using System.Threading.Channels;

namespace ComIm.Com.Interop;

/// <summary>
/// The events of one object that a script has not fetched yet. Beyond <see cref="Capacity"/> the oldest is forgotten,
/// because a script that listens by a sink may never fetch any.
/// </summary>
internal sealed class EventInbox
{
    /// <summary>How many events are kept for a script that does not fetch them.</summary>
    public const int Capacity = 1000;

    private readonly Channel<ScriptEvent> _events = Channel.CreateBounded<ScriptEvent>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Add(string name, object?[] arguments) => _events.Writer.TryWrite(new ScriptEvent(name, arguments));

    /// <summary>Takes the next event. The sinks of the thread have had it by then: it is raised to them first.</summary>
    /// <returns>Null where none came in time.</returns>
    public ScriptEvent? Take(TimeSpan limit)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            PumpingWait.LetEventsIn();
            if (_events.Reader.TryRead(out var next))
            {
                return next;
            }

            var left = limit == Timeout.InfiniteTimeSpan ? limit : limit - TimeProvider.System.GetElapsedTime(started);
            if (left != Timeout.InfiniteTimeSpan && left <= TimeSpan.Zero)
            {
                return null;
            }

            using var giveUp = new CancellationTokenSource();
            if (!PumpingWait.Until(_events.Reader.WaitToReadAsync(giveUp.Token).AsTask(), left))
            {
                giveUp.Cancel();
                return _events.Reader.TryRead(out next) ? next : null;
            }
        }
    }
}
