using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ComIm.Client.Messaging;

/// <summary>
/// Hands incoming messages to those who listen: handlers of an event, and readers of sequences with a queue each. A message
/// may come in with the very answer to the sign-in; until somebody listens it is kept for the first who does.
/// </summary>
internal sealed class Inbox(object sender, EventDispatcher events)
{
    /// <summary>Messages kept while nobody listens; beyond that the oldest are only in their conversation.</summary>
    private const int MaxKept = 1000;

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
        var queue = Channel.CreateUnbounded<ChatMessage>();
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
                    _kept.Dequeue();
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
