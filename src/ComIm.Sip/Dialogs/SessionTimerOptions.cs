namespace ComIm.Sip.Dialogs;

/// <summary>What this side wants of session timers (RFC 4028). A peer that wants them always gets them.</summary>
public sealed record SessionTimerOptions
{
    /// <summary>The least the RFC allows: 90 s (section 5).</summary>
    public static TimeSpan LeastInterval { get; } = TimeSpan.FromSeconds(90);

    /// <summary>The interval to ask for; null asks for none.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>The shortest interval accepted; a shorter one is answered 422.</summary>
    public TimeSpan MinInterval { get; init; } = LeastInterval;
}
