using System.Globalization;

namespace ComIm.Sip.Tests.Fuzzing;

/// <summary>One target with its share of the inputs: 5 million in a long run of all targets, a taste of it in a short one.</summary>
internal static class FuzzRun
{
    private const int Targets = 8;

    // What caches, pools and compiled code may take after the first tenth; a leak of a byte an input would show.
    private const long Bound = 512 * 1024;

    /// <summary>Whether this is the long run (tests/run.sh --long).</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("COMIM_LONG") == "1";

    /// <summary>How many inputs each target gets.</summary>
    public static int Inputs { get; } = IsLong ? 5_000_000 / Targets : 4_000;

    /// <summary>Gives a target its inputs. Between a tenth of them and the end memory may not grow beyond the bound.</summary>
    /// <param name="corpus">What they are made of.</param>
    /// <param name="seed">Makes them repeatable.</param>
    /// <param name="target">What must not throw.</param>
    /// <param name="settle">Lets go of what the target holds for a time only; called before memory is measured.</param>
    public static void Of(IReadOnlyList<byte[]> corpus, ulong seed, Action<byte[], Mutator> target, Action? settle = null)
    {
        var mutator = new Mutator(seed * 0x9E3779B97F4A7C15UL, corpus);
        var early = 0L;
        for (var i = 0; i < Inputs; i++)
        {
            if (i == Inputs / 10)
            {
                settle?.Invoke();
                early = GC.GetTotalMemory(forceFullCollection: true);
            }

            var bytes = mutator.Next();
            try
            {
                target(bytes, mutator);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Input {i} of seed {seed}: {Convert.ToHexString(bytes)}", e);
            }
        }

        settle?.Invoke();
        var growth = GC.GetTotalMemory(forceFullCollection: true) - early;
        Assert.True(growth < Bound, string.Create(CultureInfo.InvariantCulture, $"{growth} bytes more at the end than after a tenth"));
    }
}
