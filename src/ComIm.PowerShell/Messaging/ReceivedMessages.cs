using ComIm.Client.Messaging;

namespace ComIm.PowerShell;

/// <summary>
/// What has come in over a connection and was not received by the script yet, so that nothing is lost between two
/// <c>Receive-ImMessage</c>. Several may receive at once; each message goes to one of them.
/// </summary>
internal sealed class ReceivedMessages
{
    /// <summary>A script that never receives must not fill the memory; beyond this the oldest are only in their conversation.</summary>
    public const int MaxKept = 1000;

    private readonly Lock _gate = new();
    private readonly LinkedList<ChatMessage> _messages = new();
    private TaskCompletionSource _changed = NewSignal();
    private bool _isComplete;
    private int _dropped;

    /// <summary>A message has come in.</summary>
    /// <param name="message">The message.</param>
    public void Add(ChatMessage message)
    {
        lock (_gate)
        {
            _messages.AddLast(message);
            if (_messages.Count > MaxKept)
            {
                _messages.RemoveFirst();
                _dropped++;
            }
        }

        Signal();
    }

    /// <summary>Nothing more will come.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
        }

        Signal();
    }

    /// <summary>How many have been dropped since this was last asked.</summary>
    public int TakeDropped()
    {
        lock (_gate)
        {
            var dropped = _dropped;
            _dropped = 0;
            return dropped;
        }
    }

    /// <summary>Takes the oldest message that fits.</summary>
    /// <param name="fits">Which are wanted.</param>
    /// <returns>Null where there is none.</returns>
    public ChatMessage? TryTake(Func<ChatMessage, bool> fits)
    {
        lock (_gate)
        {
            for (var node = _messages.First; node is not null; node = node.Next)
            {
                if (fits(node.Value))
                {
                    _messages.Remove(node);
                    return node.Value;
                }
            }

            return null;
        }
    }

    /// <summary>Waits for a message that fits, and takes it.</summary>
    /// <param name="fits">Which are wanted.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null where nothing more will come.</returns>
    public async Task<ChatMessage?> TakeAsync(Func<ChatMessage, bool> fits, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            bool isComplete;
            lock (_gate)
            {
                changed = _changed.Task;
                isComplete = _isComplete;
            }

            if (TryTake(fits) is { } message)
            {
                return message;
            }

            if (isComplete)
            {
                return null;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Signal()
    {
        TaskCompletionSource old;
        lock (_gate)
        {
            old = _changed;
            _changed = NewSignal();
        }

        old.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
