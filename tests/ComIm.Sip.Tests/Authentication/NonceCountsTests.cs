using ComIm.Sip.Authentication;

namespace ComIm.Sip.Tests.Authentication;

public sealed class NonceCountsTests
{
    [Fact]
    public void Take_EveryOrder_TakesEachOnceWithinTheWindow()
    {
        var random = new Random(8760);
        for (var run = 0; run < 200; run++)
        {
            var counts = default(NonceCounts);
            var taken = new HashSet<uint>();
            for (var i = 0; i < 300; i++)
            {
                var count = (uint)random.Next(0, 200);
                var wanted = count > 0 && (taken.Count == 0 || taken.Max() < count + 64) && !taken.Contains(count);
                Assert.Equal(wanted, counts.Take(count));
                if (wanted)
                {
                    taken.Add(count);
                }
            }
        }
    }

    [Fact]
    public void Take_Highest_LeavesNothingAbove()
    {
        var counts = default(NonceCounts);
        Assert.True(counts.Take(uint.MaxValue));
        Assert.False(counts.Take(uint.MaxValue));
        Assert.True(counts.Take(uint.MaxValue - 63));
        Assert.False(counts.Take(uint.MaxValue - 64));
        Assert.False(counts.Take(1));
    }

    [Fact]
    public void TakeAll_AfterOrBeforeACount_IsRefused()
    {
        var counts = default(NonceCounts);
        Assert.True(counts.TakeAll());
        Assert.False(counts.TakeAll());
        Assert.False(counts.Take(1));
        var used = default(NonceCounts);
        Assert.True(used.Take(1));
        Assert.False(used.TakeAll());
        Assert.False(used.Take(2));
    }
}
