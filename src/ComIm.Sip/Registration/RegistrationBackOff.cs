namespace ComIm.Sip.Registration;

/// <summary>The pauses between attempts to recover (RFC 5626 section 4.5): growing, and different for every client.</summary>
public static class RegistrationBackOff
{
    private const double Base = 30;
    private const double Max = 1800;

    /// <summary>The longest that a server may send a client away for; more is a mistake, or meant to harm.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(1);

    /// <summary>The pause before an attempt.</summary>
    /// <param name="failures">How many attempts have failed in a row; the first pause is short, since most losses are.</param>
    /// <param name="random">A number from 0 to 1.</param>
    public static TimeSpan Delay(int failures, double random)
    {
        // The RFC begins at 30 s. A lost connection is more often a restart of the server, so the first tries come sooner.
        var wait = failures <= 3 ? Math.Pow(2, failures) : Math.Min(Max, Base * Math.Pow(2, failures - 4));
        return TimeSpan.FromSeconds(wait * (0.5 + (0.5 * random)));
    }

    /// <summary>The same where the server may have named a time (RFC 3261 section 20.33): not before that.</summary>
    /// <param name="failures">How many attempts have failed in a row.</param>
    /// <param name="random">A number from 0 to 1; it also keeps apart the clients that were sent away for the same time.</param>
    /// <param name="retryAfter">The server's Retry-After, or null.</param>
    public static TimeSpan Delay(int failures, double random, TimeSpan? retryAfter)
    {
        var delay = Delay(failures, random);
        if (retryAfter is not { } asked)
        {
            return delay;
        }

        var bounded = asked < MaxRetryAfter ? asked : MaxRetryAfter;
        var spread = bounded * (1 + (0.1 * random));
        return spread > delay ? spread : delay;
    }
}
