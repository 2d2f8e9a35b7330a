using System.Buffers;

namespace ComIm.Sip.Transport.Streams;

/// <summary>
/// What waits to be written to one connection: up to a bound in one buffer, so that many messages go out at once, and
/// beyond it in the hands of senders who wait their turn. One writer takes from it; it is started when there is something.
/// </summary>
internal sealed class SendQueue(int maxPending, Action startWriter)
{
    // A buffer that grew in a burst is not kept once the burst is over: when so many batches in a row have been small.
    private const int KeptCapacity = 64 * 1024;
    private const int SmallBatches = 256;

    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiters = new();
    private ArrayBufferWriter<byte> _pending = new(1024);
    private ArrayBufferWriter<byte> _writing = new(1024);
    private TaskCompletionSource? _drained;
    private SipTransportException? _closed;
    private bool _isWriting;
    private int _small;

    /// <summary>Adds one message; completes when it has been copied.</summary>
    /// <exception cref="SipTransportException">The queue is closed.</exception>
    public ValueTask EnqueueAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_closed is not null)
            {
                return ValueTask.FromException(_closed);
            }

            if (_waiters.Count > 0 || !Fits(bytes.Length))
            {
                // A full queue has a writer at work, who lets the waiting ones in.
                return new ValueTask(WaitAsync(_waiters.AddLast(new Waiter(bytes)), cancellationToken));
            }

            _pending.Write(bytes.Span);
            if (_isWriting)
            {
                return ValueTask.CompletedTask;
            }

            _isWriting = true;
        }

        startWriter();
        return ValueTask.CompletedTask;
    }

    /// <summary>The writer's next bytes; they stay valid until the next call. False ends the writer.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> batch)
    {
        lock (_gate)
        {
            _writing = Emptied(_writing);
            if (_closed is not null || _pending.WrittenCount == 0)
            {
                batch = default;
                _isWriting = false;
                _drained?.TrySetResult();
                return false;
            }

            (_pending, _writing) = (_writing, _pending);
            batch = _writing.WrittenMemory;
            while (_waiters.First is { } first && Fits(first.Value.Bytes.Length))
            {
                _waiters.RemoveFirst();
                _pending.Write(first.Value.Bytes.Span);
                first.Value.Copied.TrySetResult();
            }

            return true;
        }
    }

    /// <summary>Completes when everything has been written, or the queue is closed.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_isWriting)
            {
                _drained.TrySetResult();
            }

            return _drained.Task;
        }
    }

    /// <summary>Takes nothing more and drops what waits.</summary>
    public void Close(SipTransportException cause)
    {
        lock (_gate)
        {
            _closed ??= cause;
            _drained?.TrySetResult();
            foreach (var waiter in _waiters)
            {
                waiter.Copied.TrySetException(_closed);
            }

            _waiters.Clear();
        }
    }

    // A message larger than the bound goes alone.
    private bool Fits(int length) => _pending.WrittenCount == 0 || _pending.WrittenCount + length <= maxPending;

    private ArrayBufferWriter<byte> Emptied(ArrayBufferWriter<byte> buffer)
    {
        _small = buffer.WrittenCount < KeptCapacity / 4 ? _small + 1 : 0;
        if (buffer.Capacity > KeptCapacity && _small > SmallBatches)
        {
            return new ArrayBufferWriter<byte>(1024);
        }

        buffer.ResetWrittenCount();
        return buffer;
    }

    private async Task WaitAsync(LinkedListNode<Waiter> waiter, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(_ => Cancel(waiter, cancellationToken), null);
        await waiter.Value.Copied.Task.ConfigureAwait(false);
    }

    /// <summary>After this the bytes belong to their sender again, so a message is either copied or cancelled, never both.</summary>
    private void Cancel(LinkedListNode<Waiter> waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (waiter.List is not null)
            {
                _waiters.Remove(waiter);
                waiter.Value.Copied.TrySetCanceled(cancellationToken);
            }
        }
    }

    private sealed class Waiter(ReadOnlyMemory<byte> bytes)
    {
        public ReadOnlyMemory<byte> Bytes { get; } = bytes;

        public TaskCompletionSource Copied { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
