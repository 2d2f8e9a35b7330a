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

    /// <summary>After how long an INVITE without an answer is told 100: 200 ms (RFC 3261 section 17.2.1).</summary>
    public TimeSpan InviteTrying { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// After how long another request without an answer is told 100: when the client's timer E has reached T2, 3.5 s by
    /// default (RFC 4320 section 4.1).
    /// </summary>
    public TimeSpan NonInviteTrying
    {
        get
        {
            var interval = T1;
            var elapsed = TimeSpan.Zero;
            while (interval < T2)
            {
                elapsed += interval;
                interval *= 2;
            }

            return elapsed;
        }
    }

    /// <summary>Timer D over UDP: at least 32 s.</summary>
    public TimeSpan TimerD => TimeSpan.FromSeconds(Math.Max(32, Timeout.TotalSeconds));
}
