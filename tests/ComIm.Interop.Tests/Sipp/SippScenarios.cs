using ComIm.TestKit;

namespace ComIm.Interop.Tests.Sipp;

/// <summary>Scenarios under load: 1,000 calls, and what a run without a failed call looks like.</summary>
internal static class SippScenarios
{
    public const int Calls = 1000;

    private const int InFlight = 20;

    public static SippOptions Load(string scenario, bool tcp) => new()
    {
        Scenario = Path.Combine(AppContext.BaseDirectory, "Sipp", "Scenarios", scenario + ".xml"),
        Tcp = tcp,
        Calls = Calls,
        CallsPerSecond = 200,
        Timeout = TimeSpan.FromSeconds(60),
    };

    /// <summary>Makes the calls, some at a time.</summary>
    public static async Task<IReadOnlyList<T>> RunManyAsync<T>(Func<int, Task<T>> call)
    {
        var results = new T[Calls];
        await Parallel.ForAsync(0, Calls, new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (i, _) => results[i] = await call(i))
            .WaitAsync(TimeSpan.FromSeconds(60));
        return results;
    }

    public static void AssertNoneFailed(SippResult result)
    {
        var isGood = result is { ExitCode: 0, Successful: Calls, Failed: 0 };
        Assert.True(isGood, isGood ? null : result.ToString()[..Math.Min(result.ToString().Length, 6000)]);
    }
}
