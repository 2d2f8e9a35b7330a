using System.Threading.Channels;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation;

/// <summary>
/// The messages that <see cref="IComImApplication.WaitForMessage"/> has not fetched yet. Beyond
/// <see cref="Capacity"/> the oldest is forgotten, because a host that listens by events may never fetch any.
/// </summary>
internal sealed class MessageInbox
{
    /// <summary>How many messages are kept for a host that does not fetch them.</summary>
    public const int Capacity = 1000;

    private readonly Channel<Message> _messages = Channel.CreateBounded<Message>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });

    public bool IsEmpty => _messages.Reader.Count == 0;

    public void Add(Message message) => _messages.Writer.TryWrite(message);

    /// <summary>
    /// Takes the next message, pumping window messages where the thread needs it. The sinks of the thread have had its
    /// event by then.
    /// </summary>
    /// <returns>Null where none came in time.</returns>
    public Message? Take(TimeSpan limit)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (TryTake() is { } message)
            {
                return message;
            }

            var left = limit == Timeout.InfiniteTimeSpan ? limit : limit - TimeProvider.System.GetElapsedTime(started);
            if (left != Timeout.InfiniteTimeSpan && left < TimeSpan.Zero)
            {
                left = TimeSpan.Zero;
            }

            using var giveUp = new CancellationTokenSource();
            if (!PumpingWait.Until(_messages.Reader.WaitToReadAsync(giveUp.Token).AsTask(), left))
            {
                giveUp.Cancel();
                return TryTake();
            }
        }
    }

    // The event is raised before the message is added, so it is on its way to the thread when the message is seen. The
    // message is taken only afterwards, for a sink may wait for messages itself.
    private Message? TryTake()
    {
        if (_messages.Reader.TryPeek(out _))
        {
            PumpingWait.LetEventsIn();
        }

        return _messages.Reader.TryRead(out var message) ? message : null;
    }
}
