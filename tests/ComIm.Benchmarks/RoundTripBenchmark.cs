using System.Diagnostics;
using ComIm.Sip.Transport;

namespace ComIm.Benchmarks;

/// <summary>
/// MESSAGE and its 200 with a client and a server transaction, 1, 16 and 256 in flight. Slices of it take turns with slices of
/// bare sockets, so that a noisy machine burdens both alike; the ratio is the median of those of five pairs.
/// </summary>
internal static class RoundTripBenchmark
{
    private const int Pairs = 5;

    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(SipTransportKind kind)
    {
        var transport = kind == SipTransportKind.Udp ? "udp" : "tcp";
        foreach (var inFlight in EchoBenchmark.InFlight)
        {
            await using var pair = new StackPair(kind);
            await LoadAsync(pair, inFlight, Slice, null);
            var (rates, ratios) = (new double[Pairs], new double[Pairs]);
            var latencies = new List<double>(1_000_000);
            var (bytes, cpu, total, failures) = (0L, TimeSpan.Zero, 0, 0);
            for (var i = 0; i < Pairs; i++)
            {
                var echo = await EchoBenchmark.RateAsync(kind, inFlight, Slice);
                var (bytesBefore, cpuBefore) = (GC.GetTotalAllocatedBytes(true), Process.GetCurrentProcess().TotalProcessorTime);
                var (count, failed, elapsed) = await LoadAsync(pair, inFlight, Slice, latencies);
                bytes += GC.GetTotalAllocatedBytes(true) - bytesBefore;
                cpu += Process.GetCurrentProcess().TotalProcessorTime - cpuBefore;
                rates[i] = count / elapsed.TotalSeconds;
                ratios[i] = rates[i] / echo;
                (total, failures) = (total + count, failures + failed);
            }

            latencies.Sort();
            var name = $"roundtrip.{transport}.{inFlight}";
            Figures.Print(name + ".rate", Figures.Median(rates), "/s");
            Figures.Print(name + ".ratio", Figures.Median(ratios), "of echo");
            Figures.Print(name + ".alloc", (double)bytes / total, "B");
            Figures.Print(name + ".cpu", cpu.TotalMicroseconds / total, "us");
            Figures.Print(name + ".p99", latencies[(int)(latencies.Count * 0.99)], "ms");
            Figures.Print(name + ".failed", failures, "");
        }
    }

    private static async Task<(int Count, int Failed, TimeSpan Elapsed)> LoadAsync(
        StackPair pair, int inFlight, TimeSpan duration, List<double>? latencies)
    {
        var start = Stopwatch.GetTimestamp();
        var workers = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(() => WorkAsync(pair, start, duration))));
        var elapsed = Stopwatch.GetElapsedTime(start);
        foreach (var worker in workers)
        {
            latencies?.AddRange(worker.Latencies);
        }

        return (workers.Sum(w => w.Latencies.Count), workers.Sum(w => w.Failed), elapsed);
    }

    /// <summary>One request after the other; each worker counts for itself, so that counting is no meeting point.</summary>
    private static async Task<(List<double> Latencies, int Failed)> WorkAsync(StackPair pair, long start, TimeSpan duration)
    {
        var (latencies, failed) = (new List<double>(4096), 0);
        var now = start;
        while (Stopwatch.GetElapsedTime(start, now) < duration)
        {
            var begin = now;
            var response = await pair.SendAsync();
            now = Stopwatch.GetTimestamp();
            latencies.Add(Stopwatch.GetElapsedTime(begin, now).TotalMilliseconds);
            failed += response.IsSuccess ? 0 : 1;
        }

        return (latencies, failed);
    }
}
