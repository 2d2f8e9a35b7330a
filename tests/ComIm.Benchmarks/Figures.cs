using System.Diagnostics;
using System.Globalization;

namespace ComIm.Benchmarks;

/// <summary>Measures and prints. A rate is the median of five runs, since the machine is shared.</summary>
internal static class Figures
{
    private const int Runs = 5;

    public static void Print(string name, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{value:0.###}\t{unit}"));

    /// <summary>Repeats a synchronous action and prints its rate and what it allocates.</summary>
    public static void Repeat(string name, int count, Action<int> run)
    {
        run(count / 10);
        var rates = new double[Runs];
        long bytes = 0;
        for (var i = 0; i < Runs; i++)
        {
            GC.Collect();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.GetTimestamp();
            run(count);
            rates[i] = count / Stopwatch.GetElapsedTime(clock).TotalSeconds;
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Print(name + ".rate", Median(rates), "/s");
        Print(name + ".alloc", (double)bytes / count, "B");
    }

    public static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
