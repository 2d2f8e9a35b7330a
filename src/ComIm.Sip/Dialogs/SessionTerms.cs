namespace ComIm.Sip.Dialogs;

/// <summary>What both sides have agreed on (RFC 4028).</summary>
/// <param name="Interval">The session ends where no refresh comes within it.</param>
/// <param name="WeRefresh">True where it is ours to refresh.</param>
public sealed record SessionTerms(TimeSpan Interval, bool WeRefresh)
{
    /// <summary>When to refresh: at half the interval (section 7.2).</summary>
    public TimeSpan RefreshAfter => Interval / 2;

    /// <summary>When to give the session up with a BYE: a third of the interval, 32 s at most, before its end (section 10).</summary>
    public TimeSpan EndAfter => Interval - TimeSpan.FromSeconds(Math.Min(32, Interval.TotalSeconds / 3));
}
