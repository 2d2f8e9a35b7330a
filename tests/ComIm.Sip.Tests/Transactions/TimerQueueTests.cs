using ComIm.Sip.Transactions;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Transactions;

/// <summary>Times come from peers, in Session-Expires or Subscription-State, and may be any number of seconds below 2**32.</summary>
public sealed class TimerQueueTests
{
    [Fact]
    public void Schedule_LongerThanAClocksTimerTakes_IsTaken()
    {
        using var queue = new TimerQueue(TimeProvider.System);
        var far = queue.Schedule(TimeSpan.FromSeconds(uint.MaxValue), () => { });
        Assert.False(far.IsCancelled);
        far.Cancel();
    }

    [Fact]
    public void Fire_AfterMonths_RunsOnceWhenDue()
    {
        var time = new ManualTimeProvider();
        using var queue = new TimerQueue(time);
        var runs = 0;
        queue.Schedule(TimeSpan.FromDays(60), () => runs++);
        time.Advance(TimeSpan.FromDays(60) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, runs);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, runs);
    }
}
