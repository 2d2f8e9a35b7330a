namespace ComIm.Sip.Events;

/// <summary>Whether a subscription that ended is sought again, and after how long.</summary>
/// <param name="Retries">False for never.</param>
/// <param name="Delay">The least to wait.</param>
public readonly record struct RetryDecision(bool Retries, TimeSpan Delay)
{
    /// <summary>It is not sought again.</summary>
    public static RetryDecision Never => default;

    /// <summary>It is sought again.</summary>
    /// <param name="delay">After how long, at least.</param>
    public static RetryDecision After(TimeSpan delay) => new(true, delay);
}
