namespace ComIm.Sip.Transactions;

/// <summary>
/// All timers of a stack behind one timer of the clock, which is set to the earliest. Cancelling marks an entry; it
/// leaves the queue when its time comes.
/// </summary>
internal sealed class TimerQueue : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Entry, long> _entries = new();
    private readonly ITimer _timer;
    private long _armedFor = long.MaxValue;
    private bool _isDisposed;

    public TimerQueue(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static queue => ((TimerQueue)queue!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Calls an action once, from a timer thread, after a delay.</summary>
    public Entry Schedule(TimeSpan delay, Action action)
    {
        var due = _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency);
        var entry = new Entry(action);
        lock (_gate)
        {
            if (_isDisposed)
            {
                return entry;
            }

            _entries.Enqueue(entry, due);
            Arm();
        }

        return entry;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _entries.Clear();
        }

        _timer.Dispose();
    }

    private void Fire()
    {
        while (true)
        {
            Entry entry;
            lock (_gate)
            {
                if (_isDisposed)
                {
                    return;
                }

                if (!_entries.TryPeek(out entry!, out var due) || due > _time.GetTimestamp())
                {
                    _armedFor = long.MaxValue;
                    Arm();
                    return;
                }

                _entries.Dequeue();
            }

            entry.Run();
        }
    }

    private void Arm()
    {
        while (_entries.TryPeek(out var entry, out var due))
        {
            if (entry.IsCancelled)
            {
                _entries.Dequeue();
                continue;
            }

            if (due < _armedFor)
            {
                _armedFor = due;
                var ticks = Math.Max(0, due - _time.GetTimestamp());
                _timer.Change(TimeSpan.FromSeconds((double)ticks / _time.TimestampFrequency) + TimeSpan.FromTicks(1), Timeout.InfiniteTimeSpan);
            }

            return;
        }
    }

    /// <summary>One timer that has been set.</summary>
    internal sealed class Entry(Action action)
    {
        private Action? _action = action;

        public bool IsCancelled => Volatile.Read(ref _action) is null;

        public void Cancel() => Volatile.Write(ref _action, null);

        public void Run() => Interlocked.Exchange(ref _action, null)?.Invoke();
    }
}
