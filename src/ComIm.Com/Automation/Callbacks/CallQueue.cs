using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Callbacks;

/// <summary>
/// The callbacks that wait for one thread of a host, in the order in which they were caused. A single-threaded apartment has
/// one queue, so that a script sees what happened in order, whichever listener it is for. Elsewhere each callback has its
/// own, so that one that hangs keeps no other waiting.
/// <para>The queue itself has no bound; who enqueues has: <see cref="Observables.Listener.Capacity"/>.</para>
/// </summary>
internal sealed class CallQueue : IDeliveryQueue
{
    [ThreadStatic]
    private static CallQueue? _ofThread;

    private readonly Lock _gate = new();
    private readonly Queue<Action> _calls = [];
    private readonly ISinkThread _thread;
    private bool _released;

    private CallQueue(ISinkThread thread)
    {
        _thread = thread;
        thread.Serve(this);
    }

    /// <summary>Whether the host's thread has ended, or is given up as hung; what waited for it has been let go of.</summary>
    public bool IsReleased => Volatile.Read(ref _released);

    /// <summary>Whether the caller is on the thread that delivers.</summary>
    public bool IsCurrent => _thread.IsCurrent;

    /// <summary>Whether its callback hung when too many did already.</summary>
    public bool IsGivenUp => _thread is AnyThread { IsGone: true };

    /// <summary>The queue for callbacks that the calling thread hands over.</summary>
    public static CallQueue ForCaller() =>
        OperatingSystem.IsWindows() && Apartment.IsSta
            ? _ofThread ??= new CallQueue(StaWindow.Current)
            : On(CallbackThreads.Shared);

    /// <summary>A queue of its own for a callback that any of these threads may call.</summary>
    public static CallQueue On(CallbackThreads threads) => new(new AnyThread(threads));

    /// <summary>Puts a call in and returns at once.</summary>
    /// <returns>False where the thread has ended.</returns>
    public bool Enqueue(Action call)
    {
        lock (_gate)
        {
            if (_released)
            {
                return false;
            }

            _calls.Enqueue(call);
        }

        return Wake();
    }

    /// <summary>Wakes the thread once more, where an earlier wake-up may have failed.</summary>
    /// <returns>False where the thread has ended.</returns>
    public bool Wake()
    {
        _thread.Wake();
        if (!_thread.IsGone)
        {
            return true;
        }

        lock (_gate)
        {
            _released = true;
            _calls.Clear();
        }

        return false;
    }

    public bool Deliver(int limit)
    {
        for (var i = 0; i < limit; i++)
        {
            Action? next;
            lock (_gate)
            {
                if (!_calls.TryDequeue(out next))
                {
                    return false;
                }
            }

            next();
        }

        lock (_gate)
        {
            return _calls.Count > 0;
        }
    }
}
