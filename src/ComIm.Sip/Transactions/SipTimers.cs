namespace ComIm.Sip.Transactions;

/// <summary>The base values of the transaction timers (RFC 3261 table 4); every other timer follows from them.</summary>
public sealed record SipTimers
{
    /// <summary>The defaults of the RFC.</summary>
    public static SipTimers Default { get; } = new();

    /// <summary>T1, the estimated round trip: 500 ms.</summary>
    public TimeSpan T1 { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>T2, the longest interval between retransmissions: 4 s.</summary>
    public TimeSpan T2 { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>T4, how long a message may stay in the network: 5 s.</summary>
    public TimeSpan T4 { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a transaction is tried: 64 times T1, timers B, F, H, J, L and M.</summary>
    public TimeSpan Timeout => T1 * 64;

    /// <summary>Timer D over UDP: at least 32 s.</summary>
    public TimeSpan TimerD => TimeSpan.FromSeconds(Math.Max(32, Timeout.TotalSeconds));
}
