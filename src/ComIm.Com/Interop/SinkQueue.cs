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

    // No event: DISPIDs of events are positive.
    private const int CompleteMark = int.MinValue;

    private readonly Lock _gate = new();
    private readonly Queue<(int DispId, object?[] Arguments, Action? Delivered)> _events = [];
    private Action? _onReleased;
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

    /// <summary>Whether no event waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _events.Count == 0;
            }
        }
    }

    /// <summary>Puts an event in and returns at once.</summary>
    /// <param name="dispId">The event.</param>
    /// <param name="arguments">In the order in which they are declared.</param>
    /// <param name="delivered">Called when the sink has returned, or when it will never be called. It may not block.</param>
    public void Enqueue(int dispId, object?[] arguments, Action? delivered = null)
    {
        bool isClosed;
        var isTaken = false;
        lock (_gate)
        {
            isClosed = _closed;
            if (!isClosed && (_events.Count < Capacity || dispId == CompleteMark))
            {
                _events.Enqueue((dispId, arguments, delivered));
                isTaken = true;
            }
        }

        if (isTaken)
        {
            thread.Wake(this);
        }
        else
        {
            delivered?.Invoke();
        }

        if (!isTaken && !isClosed)
        {
            // An earlier wake-up may have failed.
            Interlocked.Increment(ref _dropped);
            thread.Wake();
        }

        if (thread.IsGone)
        {
            // The host ended without Unadvise. Its object cannot be released from another thread, but what waits is let go of.
            Shut();
        }
    }

    /// <summary>Names what is to be told when the sink has been let go of; before the first event.</summary>
    public void OnReleased(Action told) => _onReleased = told;

    /// <summary>Delivers events. Called on the sink's thread only.</summary>
    /// <param name="limit">At most this many.</param>
    /// <returns>Whether more are waiting.</returns>
    public bool Deliver(int limit)
    {
        for (var i = 0; i < limit; i++)
        {
            (int DispId, object?[] Arguments, Action? Delivered) next;
            lock (_gate)
            {
                if (_closed || !_events.TryDequeue(out next))
                {
                    break;
                }
            }

            Call(next.DispId, next.Arguments);
            next.Delivered?.Invoke();
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

    /// <summary>Takes no more events: when those that wait have been delivered the sink is let go of.</summary>
    public void Complete() => Enqueue(CompleteMark, []);

    /// <summary>
    /// Ends delivery at once: what waits is forgotten, and no call begins after this one returns, but for one that
    /// another thread has begun already. The sink is released on its own thread.
    /// </summary>
    public void Close()
    {
        Shut();
        if (thread.IsCurrent)
        {
            Release();
        }
        else
        {
            thread.Wake(this);
        }
    }

    private void Call(int dispId, object?[] arguments)
    {
        if (dispId == CompleteMark)
        {
            Close();
            return;
        }

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

    private void Shut()
    {
        (int DispId, object?[] Arguments, Action? Delivered)[] forgotten;
        lock (_gate)
        {
            _closed = true;
            forgotten = [.. _events];
            _events.Clear();
        }

        foreach (var (_, _, delivered) in forgotten)
        {
            delivered?.Invoke();
        }
    }

    private void Release()
    {
        if (!Interlocked.Exchange(ref _released, true))
        {
            target.Release();
            _onReleased?.Invoke();
        }
    }
}
