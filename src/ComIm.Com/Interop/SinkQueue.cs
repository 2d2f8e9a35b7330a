namespace ComIm.Com.Interop;

/// <summary>
/// The events that wait for one sink. Raising only puts them here; the sink's own thread takes them out. The queue
/// holds <see cref="Capacity"/> events. What is raised while it is full is dropped for this sink, and for no other: the
/// events it has are those that came first, in order and without a gap among them; <see cref="Dropped"/> counts the rest.
/// </summary>
internal sealed class SinkQueue(DispatchTable contract, SinkTarget target, ISinkThread thread) : IDeliveryQueue
{
    /// <summary>How many events may wait for one sink.</summary>
    public const int Capacity = 4096;

    private readonly Lock _gate = new();
    private readonly Queue<(int DispId, object?[] Arguments)> _events = [];
    private bool _closed;
    private bool _released;
    private long _dropped;
    private long _failed;

    /// <summary>How many events were raised while the queue was full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>How many calls ended in an error of the sink.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Whether the sink has been let go of; a served queue is forgotten then.</summary>
    public bool IsReleased => Volatile.Read(ref _released);

    /// <summary>Puts an event in and returns at once.</summary>
    public void Enqueue(int dispId, object?[] arguments)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            if (_events.Count < Capacity)
            {
                _events.Enqueue((dispId, arguments));
            }
            else
            {
                Interlocked.Increment(ref _dropped);
            }
        }

        // Also where the event was dropped: an earlier wake-up may have failed.
        thread.Wake();
        if (thread.IsGone)
        {
            // The host ended without Unadvise. Its object cannot be released from another thread, but what waits is let go of.
            Abandon();
        }
    }

    /// <summary>Delivers events. Called on the sink's thread only.</summary>
    /// <param name="limit">At most this many.</param>
    /// <returns>Whether more are waiting.</returns>
    public bool Deliver(int limit)
    {
        for (var i = 0; i < limit; i++)
        {
            (int DispId, object?[] Arguments) next;
            lock (_gate)
            {
                if (_closed || !_events.TryDequeue(out next))
                {
                    break;
                }
            }

            Call(next.DispId, next.Arguments);
        }

        lock (_gate)
        {
            if (!_closed)
            {
                return _events.Count > 0;
            }
        }

        Release();
        return false;
    }

    /// <summary>
    /// Ends delivery at once: what waits is forgotten, and no call begins after this one returns, but for one that
    /// another thread has begun already. The sink is released on its own thread.
    /// </summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _events.Clear();
        }

        if (thread.IsCurrent)
        {
            Release();
        }
        else
        {
            thread.Wake();
        }
    }

    private void Call(int dispId, object?[] arguments)
    {
        var failed = true;
        try
        {
            failed = contract.Find(dispId) is not { } member || target.Invoke(member, arguments) < 0;
        }
#pragma warning disable CA1031 // A sink that throws harms only itself.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Counted below.
        }

        if (failed)
        {
            Interlocked.Increment(ref _failed);
        }
    }

    private void Abandon()
    {
        lock (_gate)
        {
            _closed = true;
            _events.Clear();
        }
    }

    private void Release()
    {
        if (!Interlocked.Exchange(ref _released, true))
        {
            target.Release();
        }
    }
}
