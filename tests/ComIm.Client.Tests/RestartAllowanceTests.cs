using ComIm.TestKit;

namespace ComIm.Client.Tests;

public sealed class RestartAllowanceTests
{
    [Fact]
    public void TryTake_MoreThanThereMayBe_WaitsForTheNextInterval()
    {
        var clock = new ManualTimeProvider();
        var restarts = new RestartAllowance(clock);
        for (var interval = 0; interval < 3; interval++)
        {
            Assert.All(Enumerable.Range(0, RestartAllowance.Most), _ => Assert.True(restarts.TryTake()));
            Assert.False(restarts.TryTake());
            clock.Advance(RestartAllowance.Interval - TimeSpan.FromTicks(1));
            Assert.False(restarts.TryTake());
            clock.Advance(TimeSpan.FromTicks(1));
        }
    }
}
