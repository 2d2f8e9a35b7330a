namespace ComIm.Sip.Dialogs;

/// <summary>
/// How long to wait after a 491 (RFC 3261 section 14.1): the two sides draw from ranges that do not meet, in units of 10 ms.
/// </summary>
public static class GlareDelay
{
    /// <summary>The pause before the next attempt.</summary>
    /// <param name="ownsCallId">True for the side that made the Call-ID: 2.1 to 4 s; the other waits 0 to 2 s.</param>
    /// <param name="random">A number from 0 to 1.</param>
    public static TimeSpan Of(bool ownsCallId, double random)
    {
        var (from, to) = ownsCallId ? (210, 400) : (0, 200);
        return TimeSpan.FromMilliseconds(10 * (from + Math.Floor((to - from + 0.999) * random)));
    }
}
