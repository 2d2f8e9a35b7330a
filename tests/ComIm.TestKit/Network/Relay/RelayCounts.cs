namespace ComIm.TestKit;

/// <summary>What became of datagrams, or of the pieces of streams, in a relay.</summary>
/// <param name="Passed">Arrived, at least once.</param>
/// <param name="Lost">Did not; of a stream, broke its connection.</param>
/// <param name="Doubled">Arrived twice.</param>
/// <param name="Reordered">Were held back, so that others overtook them.</param>
public sealed record RelayCounts(long Passed, long Lost, long Doubled, long Reordered)
{
    public static RelayCounts operator +(RelayCounts one, RelayCounts other) =>
        new(one.Passed + other.Passed, one.Lost + other.Lost, one.Doubled + other.Doubled, one.Reordered + other.Reordered);
}
