namespace ComIm.Sip.Events;

/// <summary>What to do when a subscription ends (RFC 6665 section 4.1.3). It knows no clock.</summary>
public static class SubscriptionRetry
{
    // Where the notifier wants a pause and does not say how long.
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(30);

    /// <summary>After a notification that says terminated.</summary>
    /// <param name="reason">Its reason; null where it gives none.</param>
    /// <param name="retryAfter">Its retry-after; null where it gives none.</param>
    public static RetryDecision AfterTermination(string? reason, TimeSpan? retryAfter) => reason switch
    {
        "deactivated" or "timeout" => RetryDecision.After(TimeSpan.Zero),
        "rejected" or "noresource" or "invariant" => RetryDecision.Never,
        _ => RetryDecision.After(Limit(retryAfter ?? Later)),
    };

    /// <summary>After a refusal of the SUBSCRIBE.</summary>
    /// <param name="statusCode">300 to 699.</param>
    /// <param name="retryAfter">Retry-After; null where it gives none.</param>
    public static RetryDecision AfterRefusal(int statusCode, TimeSpan? retryAfter) => statusCode switch
    {
        // The dialog is gone, the resource is not: a new one is made (section 4.1.2.2).
        481 => RetryDecision.After(TimeSpan.Zero),
        408 or 480 or 500 or 502 or 503 or 504 => RetryDecision.After(Limit(retryAfter ?? Later)),
        _ => retryAfter is { } wait ? RetryDecision.After(Limit(wait)) : RetryDecision.Never,
    };

    /// <summary>The pause where attempts keep failing: longer each time, and different for every client.</summary>
    /// <param name="decision">What the rule says.</param>
    /// <param name="failures">How many attempts in a row ended before they were of use.</param>
    /// <param name="random">A number from 0 to 1.</param>
    public static TimeSpan Delay(RetryDecision decision, int failures, double random)
    {
        if (failures <= 1)
        {
            return decision.Delay;
        }

        var backOff = Limit(TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures, 16)))) * (0.5 + (0.5 * random));
        return backOff > decision.Delay ? backOff : decision.Delay;
    }

    private static TimeSpan Limit(TimeSpan delay) => delay < MaxDelay ? delay : MaxDelay;
}
