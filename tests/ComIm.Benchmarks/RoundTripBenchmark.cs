using System.Diagnostics;
using ComIm.Sip.Transport;

namespace ComIm.Benchmarks;

/// <summary>
/// MESSAGE and its 200 with a client and a server transaction, 1, 16 and 256 in flight. Short slices of it take turns with slices
/// of bare sockets, so that a noisy machine burdens both alike; the ratio is the median of those of all pairs, low and high are
/// what a tenth of them is below and above.
/// </summary>
internal static class RoundTripBenchmark
{
    private const int Pairs = 32;

    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(SipTransportKind kind)
    {
        var transport = kind == SipTransportKind.Udp ? "udp" : "tcp";
        foreach (var inFlight in EchoBenchmark.InFlight)
        {
            await using var pair = new StackPair(kind);

            // Made before, so that they are no part of what is measured.
            var workers = Enumerable.Range(0, inFlight).Select(_ => new Worker(pair)).ToArray();
            await LoadAsync(workers, WarmUp);
            var (rates, ratios) = (new double[Pairs], new double[Pairs]);
            var latencies = new List<double>(1_000_000);
            var (bytes, cpu, total) = (0L, TimeSpan.Zero, 0);
            for (var i = 0; i < Pairs; i++)
            {
                var echo = await EchoBenchmark.RateAsync(kind, inFlight, Slice);
                var (bytesBefore, cpuBefore) = (GC.GetTotalAllocatedBytes(true), Process.GetCurrentProcess().TotalProcessorTime);
                var elapsed = await LoadAsync(workers, Slice);
                bytes += GC.GetTotalAllocatedBytes(true) - bytesBefore;
                cpu += Process.GetCurrentProcess().TotalProcessorTime - cpuBefore;
                var count = workers.Sum(w => w.Latencies.Count);
                rates[i] = count / elapsed.TotalSeconds;
                ratios[i] = rates[i] / echo;
                total += count;
                latencies.AddRange(workers.SelectMany(w => w.Latencies));
            }

            latencies.Sort();
            var name = $"roundtrip.{transport}.{inFlight}";
            Figures.Print(name + ".rate", Figures.Median(rates), "/s");
            Figures.Print(name + ".ratio", Figures.Median(ratios), "of echo");
            Figures.Print(name + ".ratio.low", ratios[Pairs / 10], "of echo");
            Figures.Print(name + ".ratio.high", ratios[^(1 + (Pairs / 10))], "of echo");
            Figures.Print(name + ".alloc", (double)bytes / total, "B");
            Figures.Print(name + ".cpu", cpu.TotalMicroseconds / total, "us");
            Figures.Print(name + ".p99", latencies[(int)(latencies.Count * 0.99)], "ms");
            Figures.Print(name + ".failed", workers.Sum(w => w.Failed), "");
        }
    }

    private static async Task<TimeSpan> LoadAsync(Worker[] workers, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(workers.Select(w => Task.Run(() => w.RunAsync(start, duration))));
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Sends one request after the other; each counts for itself, so that counting is no meeting point.</summary>
    private sealed class Worker(StackPair pair)
    {
        /// <summary>Of the last run, in milliseconds.</summary>
        public List<double> Latencies { get; } = new(16_384);

        public int Failed { get; private set; }

        public async Task RunAsync(long start, TimeSpan duration)
        {
            Latencies.Clear();
            var now = start;
            while (Stopwatch.GetElapsedTime(start, now) < duration)
            {
                var begin = now;
                var response = await pair.SendAsync();
                now = Stopwatch.GetTimestamp();
                Latencies.Add(Stopwatch.GetElapsedTime(begin, now).TotalMilliseconds);
                Failed += response.IsSuccess ? 0 : 1;
            }
        }
    }
}
