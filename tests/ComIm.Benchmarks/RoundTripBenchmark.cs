using System.Diagnostics;
using ComIm.Sip.Transport;

namespace ComIm.Benchmarks;

/// <summary>MESSAGE and its 200 with a client and a server transaction, 1, 16 and 256 in flight.</summary>
internal static class RoundTripBenchmark
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(SipTransportKind kind)
    {
        var name = kind == SipTransportKind.Udp ? "udp" : "tcp";
        foreach (var inFlight in EchoBenchmark.InFlight)
        {
            await using var pair = new StackPair(kind);
            await LoadAsync(pair, inFlight, TimeSpan.FromSeconds(1), null);
            var latencies = new List<double>(1_000_000);
            var before = GC.GetTotalAllocatedBytes(true);
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var (count, failed, elapsed) = await LoadAsync(pair, inFlight, Duration, latencies);
            var bytes = GC.GetTotalAllocatedBytes(true) - before;
            var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            latencies.Sort();
            Figures.Print($"roundtrip.{name}.{inFlight}.rate", count / elapsed.TotalSeconds, "/s");
            Figures.Print($"roundtrip.{name}.{inFlight}.alloc", (double)bytes / count, "B");
            Figures.Print($"roundtrip.{name}.{inFlight}.cpu", used.TotalMicroseconds / count, "us");
            Figures.Print($"roundtrip.{name}.{inFlight}.p99", latencies[(int)(latencies.Count * 0.99)], "ms");
            Figures.Print($"roundtrip.{name}.{inFlight}.failed", failed, "");
        }
    }

    private static async Task<(int Count, int Failed, TimeSpan Elapsed)> LoadAsync(
        StackPair pair, int inFlight, TimeSpan duration, List<double>? latencies)
    {
        var (count, failed) = (0, 0);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                var begin = Stopwatch.GetTimestamp();
                var response = await pair.SendAsync();
                Interlocked.Increment(ref count);
                if (!response.IsSuccess)
                {
                    Interlocked.Increment(ref failed);
                }

                if (latencies is not null)
                {
                    lock (latencies)
                    {
                        latencies.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
                    }
                }
            }
        })));
        return (count, failed, Stopwatch.GetElapsedTime(start));
    }
}
