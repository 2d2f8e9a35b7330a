namespace ComIm.TestKit;

/// <summary>
/// A clock that stands still until a test moves it. <see cref="Advance"/> fires what becomes due in the order of its due times
/// (equal ones in the order in which they were set), each at its own due time, on the thread that advances.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    // One advance at a time; callbacks run while it is held, the state's own lock is never held by then.
    private readonly Lock _advancing = new();
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _armed = [];
    private readonly DateTimeOffset _start;
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private TimeSpan _elapsed;
    private long _order;

    /// <summary>A clock that shows 2000-01-01T00:00:00Z.</summary>
    public ManualTimeProvider()
        : this(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>A clock that shows a given time.</summary>
    public ManualTimeProvider(DateTimeOffset start)
    {
        _start = start;
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How far it was moved since it was made.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _elapsed;
            }
        }
    }

    /// <summary>How many timers are set.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_gate)
            {
                return _armed.Count;
            }
        }
    }

    /// <summary>How long until the next timer is due; null when none is set.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (_gate)
            {
                return Next()?.Due - _elapsed;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock. Timers that callbacks set within the interval fire, too. Not to be called by a callback.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        if (_advancing.IsHeldByCurrentThread)
        {
            throw new InvalidOperationException("A timer's callback cannot move the clock that calls it.");
        }

        lock (_advancing)
        {
            var end = Elapsed + by;
            while (TakeDue(end) is { } timer)
            {
                timer.Fire();
            }

            lock (_gate)
            {
                _elapsed = end;
            }
        }
    }

    /// <summary>Moves the clock to the next due time, if there is one, and fires what is due then.</summary>
    public bool AdvanceToNext()
    {
        if (NextDue is not { } next)
        {
            return false;
        }

        Advance(next < TimeSpan.Zero ? TimeSpan.Zero : next);
        return true;
    }

    /// <summary>Completes when at least so many timers are set: the code under test has come as far as waiting.</summary>
    public Task UntilArmedAsync(int timers, CancellationToken cancellationToken = default)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiters.Add((timers, reached));
            CompleteWaiters();
        }

        return reached.Task.WaitAsync(cancellationToken);
    }

    private ManualTimer? Next() => _armed.MinBy(timer => (timer.Due, timer.Order));

    private ManualTimer? TakeDue(TimeSpan end)
    {
        lock (_gate)
        {
            var timer = Next();
            if (timer is null || timer.Due > end)
            {
                return null;
            }

            _elapsed = timer.Due > _elapsed ? timer.Due : _elapsed;
            if (timer.Period > TimeSpan.Zero)
            {
                timer.Due += timer.Period;
                timer.Order = _order++;
            }
            else
            {
                _armed.Remove(timer);
            }

            return timer;
        }
    }

    // A due time of zero fires with the next Advance, Advance(TimeSpan.Zero) included: never on the thread that sets it.
    private bool Arm(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime);
        Check(period);
        lock (_gate)
        {
            if (timer.Disposed)
            {
                return false;
            }

            _armed.Remove(timer);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.Due = _elapsed + dueTime;
                timer.Period = period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : period;
                timer.Order = _order++;
                _armed.Add(timer);
                CompleteWaiters();
            }

            return true;
        }
    }

    private void Disarm(ManualTimer timer)
    {
        lock (_gate)
        {
            timer.Disposed = true;
            _armed.Remove(timer);
        }
    }

    private void CompleteWaiters()
    {
        foreach (var waiter in _waiters.Where(waiter => _armed.Count >= waiter.Count))
        {
            waiter.Reached.TrySetResult();
        }

        _waiters.RemoveAll(waiter => waiter.Reached.Task.IsCompleted);
    }

    private static void Check(TimeSpan time)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(nameof(time), time, "Neither positive nor infinite.");
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; set; }

        public long Order { get; set; }

        public bool Disposed { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Arm(this, dueTime, period);

        public void Dispose() => clock.Disarm(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
