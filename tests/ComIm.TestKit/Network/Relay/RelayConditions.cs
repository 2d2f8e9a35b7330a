namespace ComIm.TestKit;

/// <summary>What a relay does to what passes through it.</summary>
public sealed record RelayConditions
{
    /// <summary>Everything passes as it comes.</summary>
    public static RelayConditions Perfect { get; } = new();

    /// <summary>Nothing passes.</summary>
    public static RelayConditions Cut { get; } = new() { Loss = 1 };

    /// <summary>The share of datagrams that are lost, 0 to 1; of the pieces of a stream, that with which its connection breaks.</summary>
    public double Loss { get; init; }

    /// <summary>The share of datagrams that arrive twice. A stream doubles nothing.</summary>
    public double Duplication { get; init; }

    /// <summary>The share of datagrams that others overtake. A stream keeps its order.</summary>
    public double Reordering { get; init; }

    /// <summary>The most time on the way; each takes a part of it by chance.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How much longer a datagram takes that others overtake.</summary>
    public TimeSpan Detour { get; init; } = TimeSpan.FromMilliseconds(60);

    /// <summary>The most bytes of a stream that arrive at once.</summary>
    public int MaxPiece { get; init; } = 64 * 1024;
}
