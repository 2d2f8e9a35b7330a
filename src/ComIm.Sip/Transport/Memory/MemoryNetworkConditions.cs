namespace ComIm.Sip.Transport.Memory;

/// <summary>
/// How good or bad a <see cref="MemoryNetwork"/> is. Connections lose and reorder nothing, as TCP does not; they are only
/// delayed.
/// </summary>
public sealed record MemoryNetworkConditions
{
    /// <summary>A network without faults and without delay.</summary>
    public static MemoryNetworkConditions Perfect { get; } = new();

    /// <summary>The share of datagrams that are lost, 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>The share of datagrams that arrive twice, 0 to 1.</summary>
    public double Duplication { get; init; }

    /// <summary>The least time on the way.</summary>
    public TimeSpan MinDelay { get; init; }

    /// <summary>The most time on the way. Datagrams whose times differ by chance overtake each other.</summary>
    public TimeSpan MaxDelay { get; init; }

    /// <summary>The most bytes that one read of a connection gives; 1 for one-byte reads.</summary>
    public int MaxRead { get; init; } = int.MaxValue;
}
