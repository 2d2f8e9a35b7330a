using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ComIm.Client.Messaging;

/// <summary>The queues of those who read messages as a sequence.</summary>
internal sealed class MessageSubscriptions
{
    private readonly Lock _gate = new();
    private readonly List<Channel<ChatMessage>> _queues = [];
    private bool _isComplete;

    /// <summary>Begins to queue at once, not at the first read: a message between the two would be lost.</summary>
    public IAsyncEnumerable<ChatMessage> Subscribe(CancellationToken cancellationToken)
    {
        var queue = Channel.CreateUnbounded<ChatMessage>();
        lock (_gate)
        {
            if (_isComplete)
            {
                queue.Writer.Complete();
            }
            else
            {
                _queues.Add(queue);
            }
        }

        return ReadAsync(queue, cancellationToken);
    }

    public void Publish(ChatMessage message)
    {
        lock (_gate)
        {
            foreach (var queue in _queues)
            {
                queue.Writer.TryWrite(message);
            }
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            _queues.ForEach(q => q.Writer.TryComplete());
            _queues.Clear();
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
