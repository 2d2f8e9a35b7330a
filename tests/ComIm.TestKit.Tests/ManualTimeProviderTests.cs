namespace ComIm.TestKit.Tests;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Time_moves_only_by_advance()
    {
        var start = _clock.GetUtcNow();
        var stamp = _clock.GetTimestamp();
        Assert.Equal(start, _clock.GetUtcNow());

        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(start.AddSeconds(3), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(3), _clock.GetElapsedTime(stamp));
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void Timers_fire_in_order_of_due_time_then_of_setting_each_at_its_time()
    {
        Set("late", 3);
        Set("first at two", 2);
        Set("second at two", 2);
        Set("early", 1);

        _clock.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal(["1 early", "2 first at two", "2 second at two"], _fired);

        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal("3 late", _fired[^1]);
        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Fact]
    public void A_timer_fires_at_its_due_time_not_before()
    {
        Set("timer", 1);
        _clock.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Empty(_fired);
        Assert.Equal(TimeSpan.FromTicks(1), _clock.NextDue);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Single(_fired);
    }

    [Fact]
    public void A_due_time_of_zero_fires_with_the_next_advance_only()
    {
        Set("now", 0);
        Assert.Empty(_fired);
        _clock.Advance(TimeSpan.Zero);
        Assert.Equal(["0 now"], _fired);
    }

    [Fact]
    public void A_periodic_timer_fires_once_a_period_until_disposed()
    {
        var timer = Set("tick", 1, 2);
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(["1 tick", "3 tick", "5 tick"], _fired);

        timer.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(3, _fired.Count);
        Assert.False(timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void A_timer_that_a_callback_sets_fires_within_the_same_advance()
    {
        using var timer = _clock.CreateTimer(_ => Set("inner", 1), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["2 inner"], _fired);
    }

    [Fact]
    public void A_callback_can_disarm_a_timer_that_is_due_at_the_same_time()
    {
        ITimer? victim = null;
        using var killer = _clock.CreateTimer(_ => victim!.Dispose(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        victim = Set("victim", 1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_fired);
    }

    [Fact]
    public void A_timer_can_be_moved()
    {
        var timer = Set("moved", 1);
        Assert.True(timer.Change(TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty(_fired);
        Assert.True(_clock.AdvanceToNext());
        Assert.Equal(["5 moved"], _fired);
        Assert.False(_clock.AdvanceToNext());
    }

    [Fact]
    public void A_callback_cannot_advance_the_clock()
    {
        using var timer = _clock.CreateTimer(_ => _clock.Advance(TimeSpan.Zero), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        Assert.Throws<InvalidOperationException>(() => _clock.Advance(TimeSpan.Zero));
    }

    [Fact]
    public async Task Delays_and_timeouts_of_the_framework_follow_it()
    {
        var delay = Task.Delay(TimeSpan.FromSeconds(30), _clock);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(31), _clock);
        await _clock.UntilArmedAsync(2);

        _clock.Advance(TimeSpan.FromSeconds(30));
        await delay;
        Assert.False(timeout.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(timeout.IsCancellationRequested);
    }

    [Fact]
    public async Task A_test_can_wait_for_code_to_arm_its_timer()
    {
        var work = Task.Run(() => Task.Delay(TimeSpan.FromHours(1), _clock));
        await _clock.UntilArmedAsync(1);
        _clock.Advance(TimeSpan.FromHours(1));
        await work;
    }

    [Fact]
    public async Task Threads_can_share_it()
    {
        const int Threads = 8;
        const int Each = 500;
        var count = 0;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                _clock.CreateTimer(_ => Interlocked.Increment(ref count), null, TimeSpan.FromTicks(i), Timeout.InfiniteTimeSpan);
                _clock.Advance(TimeSpan.FromTicks(1));
            }
        })));

        _clock.Advance(TimeSpan.FromTicks(Each));
        Assert.Equal(Threads * Each, count);
        Assert.Equal(TimeSpan.FromTicks((Threads * Each) + Each), _clock.Elapsed);
    }

    private ITimer Set(string name, double seconds, double? period = null) =>
        _clock.CreateTimer(
            _ => _fired.Add($"{_clock.Elapsed.TotalSeconds:0.###} {name}"),
            null,
            TimeSpan.FromSeconds(seconds),
            period is { } p ? TimeSpan.FromSeconds(p) : Timeout.InfiniteTimeSpan);
}
