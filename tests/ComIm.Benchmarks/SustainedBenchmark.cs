using System.Diagnostics;
using ComIm.Sip.Transport;

namespace ComIm.Benchmarks;

/// <summary>
/// 10,000 MESSAGE a second for 60 s over UDP, where each finished transaction is remembered for 32 s (timer J): memory
/// and rate must stay flat.
/// </summary>
internal static class SustainedBenchmark
{
    private const int Rate = 10_000;
    private const int Seconds = 60;

    public static async Task RunAsync()
    {
        await using var pair = new StackPair(SipTransportKind.Udp, isLimited: true);
        var (done, failed, sent, most) = (0, 0, 0, 0);
        var start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (Stopwatch.GetElapsedTime(start) is var elapsed && elapsed.TotalSeconds < Seconds)
        {
            for (var due = (int)(elapsed.TotalSeconds * Rate); sent < due; sent++)
            {
                _ = CountAsync(pair);
            }

            most = Math.Max(most, pair.TransactionCount);
            await timer.WaitForNextTickAsync();
        }

        while (Volatile.Read(ref done) < sent && Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds + 40)
        {
            await timer.WaitForNextTickAsync();
        }

        Figures.Print("sustained.rate", sent / (double)Seconds, "/s");
        Figures.Print("sustained.failed", failed + sent - done, "");
        Figures.Print("sustained.transactions", most, "");
        Figures.Print("sustained.memory", GC.GetTotalMemory(false) / 1e6, "MB");

        async Task CountAsync(StackPair p)
        {
            var response = await p.SendAsync();
            if (!response.IsSuccess)
            {
                Interlocked.Increment(ref failed);
            }

            Interlocked.Increment(ref done);
        }
    }
}
