using ComIm.Sip.Location;

namespace ComIm.Sip.Tests.Location;

public sealed class SrvOrderTests
{
    [Fact]
    public void Sort_Priorities_LowestFirst() =>
        Assert.Equal("a b c", Sort(_ => 0, Server("c", 20, 100), Server("a", 5, 0), Server("b", 10, 1)));

    [Theory]
    [InlineData(0, "z a b c")]
    [InlineData(1, "a z b c")]
    [InlineData(10, "a z b c")]
    [InlineData(11, "b z a c")]
    [InlineData(30, "b z a c")]
    [InlineData(31, "c z a b")]
    [InlineData(60, "c z a b")]
    public void Sort_Weights_TheFirstWhoseRunningSumReachesTheNumber(int number, string order)
    {
        // Weight 0 stands in front whatever its place; after the first draw, the number is 0 until one of weight 0 is gone.
        var numbers = new Queue<int>([number, 0, 1, 1]);
        Assert.Equal(
            order,
            Sort(_ => numbers.Dequeue(), Server("a", 1, 10), Server("b", 1, 20), Server("z", 1, 0), Server("c", 1, 30)));
    }

    [Fact]
    public void Sort_Draws_AreFromZeroToTheSumInclusive()
    {
        var asked = new List<int>();
        Sort(limit => { asked.Add(limit); return 0; }, Server("a", 1, 10), Server("b", 1, 20), Server("c", 2, 65_535));
        Assert.Equal([31, 21, 65_536], asked);
    }

    [Fact]
    public void Sort_ManyTimes_FirstPlacesFollowTheWeights()
    {
        var random = new Random(2782);
        var firsts = new Dictionary<string, int> { ["a"] = 0, ["b"] = 0, ["c"] = 0 };
        for (var run = 0; run < 10_000; run++)
        {
            firsts[SrvOrder.Sort([Server("a", 1, 70), Server("b", 1, 20), Server("c", 1, 10)], random.Next)[0].Target]++;
        }

        // The seed makes the counts the same in every run; the bounds only say that they are near 7 : 2 : 1.
        Assert.InRange(firsts["a"], 6700, 7300);
        Assert.InRange(firsts["b"], 1800, 2200);
        Assert.InRange(firsts["c"], 850, 1150);
    }

    [Fact]
    public void Sort_AllWeightsZero_EveryServerOnce() =>
        Assert.Equal("a b c", Sort(limit => limit - 1, Server("a", 1, 0), Server("b", 1, 0), Server("c", 1, 0)));

    private static string Sort(Func<int, int> random, params SrvData[] servers) =>
        string.Join(' ', SrvOrder.Sort(servers, random).Select(s => s.Target));

    private static SrvData Server(string name, int priority, int weight) => new(priority, weight, 5060, name);
}
