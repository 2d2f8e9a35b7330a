namespace ComIm.Server.Limits;

/// <summary>How much the server does at once; what is beyond is answered 503 with Retry-After.</summary>
public sealed record ServerLimits
{
    /// <summary>
    /// Where requests are counted by source and by user, one with a body counts once more for each 4 KiB of it: what waits is held in
    /// memory, whose bound would else be that of the number times the longest body.
    /// </summary>
    internal const int BytesOfPlace = 4 * 1024;

    /// <summary>Requests that wait for an answer, in all; 50,000.</summary>
    public int MaxPending { get; init; } = 50_000;

    /// <summary>Requests from one address that wait for an answer; 10,000, since many users may share one.</summary>
    public int MaxPendingPerSource { get; init; } = 10_000;

    /// <summary>Requests of one user that wait for an answer; 1,000.</summary>
    public int MaxPendingPerUser { get; init; } = 1_000;

    /// <summary>Bindings of all users; 100,000.</summary>
    public int MaxRegistrations { get; init; } = 100_000;

    /// <summary>Watchers of one user's presence; 1,000.</summary>
    public int MaxWatchersPerUser { get; init; } = 1_000;

    /// <summary>What a refused client is told to wait; 10 seconds.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a stop waits for requests that are being answered; 2 seconds.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a line in the log says how the server is; a minute. Zero for never.</summary>
    public TimeSpan HealthInterval { get; init; } = TimeSpan.FromMinutes(1);
}
