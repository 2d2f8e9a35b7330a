using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ComIm.Client.Messaging;

/// <summary>
/// Hands incoming messages to those who listen: handlers of an event, and readers of sequences with a queue each. A message
/// may come in with the very answer to the sign-in; until somebody listens it is kept for the first who does. Queues are bounded: a
/// reader who has stopped reading would else hold every message for ever. What is dropped from one, the oldest first, is in its
/// conversation all the same; the log and the counter <c>comim.client.messages.unread</c> say how much.
/// </summary>
internal sealed class Inbox(object sender, EventDispatcher events, ILogger log)
{
    /// <summary>Messages kept while nobody listens; beyond that the oldest are only in their conversation.</summary>
    private const int MaxKept = 1000;

    /// <summary>Messages that wait for one reader of a sequence; beyond that the oldest are only in their conversation.</summary>
    public const int MaxUnread = 10_000;

    private static readonly Meter Meter = new("ComIm.Client");
    private static readonly Counter<long> Unread = Meter.CreateCounter<long>(
        "comim.client.messages.unread", null, "Messages that left the queue of a reader who did not read them; they are in their conversations.");

    private bool _isTold;

    private readonly Lock _gate = new();
    private readonly List<Channel<ChatMessage>> _queues = [];
    private readonly Queue<MessageReceivedEventArgs> _kept = new();
    private EventHandler<MessageReceivedEventArgs>? _received;
    private bool _isHeard;
    private bool _isComplete;

    public event EventHandler<MessageReceivedEventArgs>? Received
    {
        add
        {
            lock (_gate)
            {
                _received += value;
                _isHeard = true;
                while (_kept.TryDequeue(out var kept))
                {
                    events.Post(_received, sender, kept);
                }
            }
        }

        remove
        {
            lock (_gate)
            {
                _received -= value;
            }
        }
    }

    /// <summary>Begins to queue at once, not at the first read: a message between the two would be lost.</summary>
    public IAsyncEnumerable<ChatMessage> Subscribe(CancellationToken cancellationToken)
    {
        var queue = Channel.CreateBounded<ChatMessage>(new BoundedChannelOptions(MaxUnread) { FullMode = BoundedChannelFullMode.DropOldest }, OnDropped);
        lock (_gate)
        {
            _isHeard = true;
            while (_kept.TryDequeue(out var kept))
            {
                queue.Writer.TryWrite(kept.Message);
            }

            _queues.Add(queue);
            if (_isComplete)
            {
                queue.Writer.Complete();
            }
        }

        return ReadAsync(queue, cancellationToken);
    }

    public void Add(MessageReceivedEventArgs item)
    {
        lock (_gate)
        {
            if (!_isHeard)
            {
                _kept.Enqueue(item);
                if (_kept.Count > MaxKept)
                {
                    OnDropped(_kept.Dequeue().Message);
                }
            }

            _queues.ForEach(q => q.Writer.TryWrite(item.Message));
            events.Post(_received, sender, item);
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            _queues.ForEach(q => q.Writer.TryComplete());
        }
    }

    private void OnDropped(ChatMessage message)
    {
        Unread.Add(1);
        if (!_isTold)
        {
            _isTold = true;
            log.LogWarning("Nobody reads the messages that come in; the oldest are left to their conversations");
        }
    }

    private async IAsyncEnumerable<ChatMessage> ReadAsync(
        Channel<ChatMessage> queue, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in queue.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return message;
            }
        }
        finally
        {
            lock (_gate)
            {
                _queues.Remove(queue);
            }
        }
    }
}
