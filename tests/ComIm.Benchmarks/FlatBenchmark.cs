using System.Diagnostics;
using ComIm.Sip.Transport;

namespace ComIm.Benchmarks;

/// <summary>
/// Round trips at full speed for a minute, while every answered request is remembered for 32 s: the rate of the last ten
/// seconds against that of the first ten. 1 is flat.
/// </summary>
internal static class FlatBenchmark
{
    private const int InFlight = 16;
    private const int Seconds = 60;
    private const int Slice = 10;

    public static async Task RunAsync()
    {
        await using var pair = new StackPair(SipTransportKind.Udp);
        var counts = new int[(Seconds / Slice) + 1];
        var failed = 0;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(start).TotalSeconds is var elapsed && elapsed < Seconds)
            {
                var response = await pair.SendAsync();
                Interlocked.Increment(ref counts[(int)elapsed / Slice]);
                if (!response.IsSuccess)
                {
                    Interlocked.Increment(ref failed);
                }
            }
        })));
        for (var i = 0; i < Seconds / Slice; i++)
        {
            Figures.Print($"flat.udp.{InFlight}.{i * Slice}s.rate", counts[i] / (double)Slice, "/s");
        }

        Figures.Print($"flat.udp.{InFlight}.ratio", counts[(Seconds / Slice) - 1] / (double)counts[0], "");
        Figures.Print($"flat.udp.{InFlight}.failed", failed, "");
        Figures.Print($"flat.udp.{InFlight}.memory", GC.GetTotalMemory(false) / 1e6, "MB");
    }
}
