namespace ComIm.Sip.Transactions;

/// <summary>
/// All timers of a stack behind one timer of the clock, which is set to the earliest. Timers of one duration end in the order
/// in which they were set, so each duration has a lane of its own where setting and cancelling cost the same however many
/// are waiting: a stack has few durations and hundreds of thousands of timers.
/// </summary>
internal sealed class TimerQueue : IDisposable
{
    /// <summary>Durations with a lane; what comes on top shares one queue by time.</summary>
    private const int MaxLanes = 24;

    // A timer of the clock takes no more than 49 days, and peers may name times of more than a century (RFC 3261 section 25.1,
    // delta-seconds). What is due later is waited for in parts.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly double _ticksPerSecond;
    private readonly Lock _gate = new();
    private readonly Dictionary<TimeSpan, TimerLane> _lanes = [];
    private readonly PriorityQueue<Entry, long> _others = new();
    private readonly ITimer _timer;
    private long _armedFor = long.MaxValue;
    private bool _isDisposed;

    public TimerQueue(TimeProvider time)
    {
        _time = time;
        _ticksPerSecond = time.TimestampFrequency;
        _timer = time.CreateTimer(static queue => ((TimerQueue)queue!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Calls an action once, from a timer thread, after a delay.</summary>
    public Entry Schedule(TimeSpan delay, Action action) => Schedule(delay, static state => ((Action)state)(), action);

    /// <summary>The same without a closure.</summary>
    public Entry Schedule(TimeSpan delay, Action<object> action, object state)
    {
        var entry = new Entry(action, state) { Due = _time.GetTimestamp() + (long)(delay.TotalSeconds * _ticksPerSecond) };
        lock (_gate)
        {
            if (_isDisposed)
            {
                return entry;
            }

            if (LaneOf(delay) is { } lane)
            {
                lane.Append(entry);
            }
            else
            {
                _others.Enqueue(entry, entry.Due);
            }

            if (entry.Due < _armedFor)
            {
                ArmFor(entry.Due);
            }
        }

        return entry;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _lanes.Clear();
            _others.Clear();
        }

        _timer.Dispose();
    }

    private TimerLane? LaneOf(TimeSpan delay)
    {
        if (!_lanes.TryGetValue(delay, out var lane) && _lanes.Count < MaxLanes)
        {
            _lanes[delay] = lane = new TimerLane(_gate);
        }

        return lane;
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

                if (Earliest() is not { } next)
                {
                    _armedFor = long.MaxValue;
                    return;
                }

                if (next.Due > _time.GetTimestamp())
                {
                    ArmFor(next.Due);
                    return;
                }

                entry = next;
                Take(entry);
            }

            entry.Run();
        }
    }

    private Entry? Earliest()
    {
        Entry? earliest = null;
        foreach (var lane in _lanes.Values)
        {
            if (lane.First is { } first && (earliest is null || first.Due < earliest.Due))
            {
                earliest = first;
            }
        }

        // Those without a lane leave their queue only here, cancelled or not.
        while (_others.TryPeek(out var other, out _))
        {
            if (!other.IsCancelled)
            {
                return earliest is null || other.Due < earliest.Due ? other : earliest;
            }

            _others.Dequeue();
        }

        return earliest;
    }

    private void Take(Entry entry)
    {
        if (entry.Lane is { } lane)
        {
            lane.Remove(entry);
        }
        else
        {
            _others.Dequeue();
        }
    }

    private void ArmFor(long due)
    {
        _armedFor = due;
        var wait = TimeSpan.FromSeconds(Math.Max(0, due - _time.GetTimestamp()) / _ticksPerSecond) + TimeSpan.FromTicks(1);
        _timer.Change(wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>One timer that has been set.</summary>
    internal sealed class Entry(Action<object> action, object state)
    {
        private object? _state = state;

        public long Due { get; init; }

        public bool IsCancelled => Volatile.Read(ref _state) is null;

        public TimerLane? Lane { get; set; }

        public Entry? Next { get; set; }

        public Entry? Previous { get; set; }

        /// <summary>Takes the timer back. What it would have called is let go of at once.</summary>
        public void Cancel()
        {
            Volatile.Write(ref _state, null);
            if (Lane is { } lane)
            {
                lock (lane.Gate)
                {
                    Lane?.Remove(this);
                }
            }
        }

        public void Run()
        {
            if (Interlocked.Exchange(ref _state, null) is { } target)
            {
                action(target);
            }
        }
    }
}
