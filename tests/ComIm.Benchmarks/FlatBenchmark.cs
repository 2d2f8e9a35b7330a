using System.Diagnostics;
using ComIm.Sip.Transport;

namespace ComIm.Benchmarks;

/// <summary>
/// Round trips at full speed for a minute, while every answered request is remembered for 32 s. Each ten seconds are set beside bare
/// sockets that take short turns with them, since the machine is shared; the last ten against the first ten: 1 is flat.
/// </summary>
internal static class FlatBenchmark
{
    private const int InFlight = 16;
    private const int Windows = 6;
    private const int Turns = 8;

    private static readonly TimeSpan Load = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(0.25);

    public static async Task RunAsync()
    {
        await using var pair = new StackPair(SipTransportKind.Udp);
        var (windows, failed) = (new double[Windows], 0);
        for (var window = 0; window < Windows; window++)
        {
            var (rates, ratios) = (new double[Turns], new double[Turns]);
            for (var turn = 0; turn < Turns; turn++)
            {
                var echo = await EchoBenchmark.RateAsync(SipTransportKind.Udp, InFlight, Echo);
                var start = Stopwatch.GetTimestamp();
                var counts = await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(() => SendAsync(pair, start))));
                rates[turn] = counts.Sum(c => c.Sent) / Stopwatch.GetElapsedTime(start).TotalSeconds;
                ratios[turn] = rates[turn] / echo;
                failed += counts.Sum(c => c.Failed);
            }

            windows[window] = Figures.Median(ratios);
            Figures.Print($"flat.udp.{InFlight}.{window * 10}s.rate", Figures.Median(rates), "/s");
            Figures.Print($"flat.udp.{InFlight}.{window * 10}s.ratio", windows[window], "of echo");
        }

        Figures.Print($"flat.udp.{InFlight}.ratio", windows[^1] / windows[0], "of the beginning");
        Figures.Print($"flat.udp.{InFlight}.failed", failed, "");
        Figures.Print($"flat.udp.{InFlight}.memory", GC.GetTotalMemory(false) / 1e6, "MB");
    }

    private static async Task<(int Sent, int Failed)> SendAsync(StackPair pair, long start)
    {
        var (sent, failed) = (0, 0);
        while (Stopwatch.GetElapsedTime(start) < Load)
        {
            failed += (await pair.SendAsync()).IsSuccess ? 0 : 1;
            sent++;
        }

        return (sent, failed);
    }
}
