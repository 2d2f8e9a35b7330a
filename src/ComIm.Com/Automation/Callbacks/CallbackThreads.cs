namespace ComIm.Com.Automation.Callbacks;

/// <summary>
/// The threads on which callbacks outside single-threaded apartments run. They are not those of the thread pool, which the SIP
/// stack lives on: callbacks that hang would keep it from its work. Listeners take turns, one call a turn. A call that does not
/// return in <see cref="Patience"/> hangs: its thread is left to it and no longer counts among those that run.
/// </summary>
/// <param name="time">Tells which calls hang.</param>
/// <param name="running">How many calls may run at once, besides those that hang.</param>
/// <param name="hung">How many calls may hang; a listener that hangs beyond is closed.</param>
/// <param name="most">How many threads there may be; a thread whose call hangs cannot be had back, even if its listener is closed.</param>
#pragma warning disable CA1001 // The threads that the process shares end with it.
internal sealed class CallbackThreads(TimeProvider time, int running, int hung, int most)
#pragma warning restore CA1001
{
    // So many wait for the next calls; to start a thread costs more than to wake one.
    private const int KeptIdle = 4;

    private readonly object _gate = new();
    private readonly Queue<AnyThread> _ready = new();
    private readonly HashSet<AnyThread> _calling = [];
    private ITimer? _watch;
    private int _threads;
    private int _starting;
    private int _idle;
    private int _hung;

    /// <summary>Those of the process.</summary>
    public static CallbackThreads Shared { get; } = new(TimeProvider.System, running: 64, hung: 64, most: 256);

    /// <summary>How long a call may last before it hangs.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(1);

    /// <summary>How many threads there are; for tests.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _threads;
            }
        }
    }

    /// <summary>A call waits for a turn. Never blocks.</summary>
    public void Schedule(AnyThread listener)
    {
        lock (_gate)
        {
            listener.IsWoken = true;
            if (!listener.IsScheduled && !listener.IsGone)
            {
                listener.IsScheduled = true;
                _ready.Enqueue(listener);
                FindThreads();
            }
        }
    }

    private void FindThreads()
    {
        if (_idle > 0)
        {
            Monitor.Pulse(_gate);
        }

        while (_ready.Count > _idle + _starting && _threads - _hung < running && _threads < most)
        {
            _threads++;
            _starting++;
            var thread = new Thread(Run) { IsBackground = true, Name = "ComIm callbacks" };
            if (OperatingSystem.IsWindows())
            {
                thread.SetApartmentState(ApartmentState.MTA);
            }

            thread.UnsafeStart();
        }
    }

    private void Run()
    {
        lock (_gate)
        {
            _starting--;
        }

        while (TakeTurn() is { } listener)
        {
            EndTurn(listener, listener.Queue!.Deliver(1));
        }
    }

    /// <returns>Null where the thread is not needed any more.</returns>
    private AnyThread? TakeTurn()
    {
        lock (_gate)
        {
            AnyThread? listener;
            while (!_ready.TryDequeue(out listener))
            {
                if (_idle >= KeptIdle)
                {
                    _threads--;
                    return null;
                }

                _idle++;
                Monitor.Wait(_gate);
                _idle--;
            }

            listener.IsWoken = false;
            listener.Since = time.GetTimestamp();
            _calling.Add(listener);
            _watch ??= time.CreateTimer(static threads => ((CallbackThreads)threads!).Watch(), this, Patience, Patience);
            return listener;
        }
    }

    private void EndTurn(AnyThread listener, bool hasMore)
    {
        lock (_gate)
        {
            _calling.Remove(listener);
            if (listener.IsHung)
            {
                listener.IsHung = false;
                _hung--;
            }

            listener.IsScheduled = (hasMore || listener.IsWoken) && !listener.IsGone;
            if (listener.IsScheduled)
            {
                // This thread takes the next turn, so no other is needed.
                _ready.Enqueue(listener);
            }
        }
    }

    private void Watch()
    {
        List<AnyThread> closed = [];
        lock (_gate)
        {
            foreach (var listener in _calling)
            {
                if (!listener.IsHung && time.GetElapsedTime(listener.Since) >= Patience)
                {
                    listener.IsHung = true;
                    if (++_hung > hung)
                    {
                        listener.Close();
                        closed.Add(listener);
                    }
                }
            }

            FindThreads();
            if (_calling.Count == 0)
            {
                _watch?.Dispose();
                _watch = null;
            }
        }

        // A queue whose thread is gone lets go of what waits in it.
        closed.ForEach(static listener => listener.Queue!.Wake());
    }
}
