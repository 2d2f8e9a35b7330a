namespace ComIm.Client;

/// <summary>
/// Bounds how often a subscription is begun anew because one of its documents is missing: some times at once, for networks lose things,
/// and then no more until an interval is over. A server that always begins with a part would have it at the speed of the round trip
/// otherwise. Not safe for use by several threads.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RestartAllowance(TimeProvider time)
{
    /// <summary>How often in an interval.</summary>
    public const int Most = 5;

    /// <summary>The interval.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private long _begun;
    private int _taken;

    /// <summary>Takes one; false where there is none left in this interval: the next document asks again.</summary>
    public bool TryTake()
    {
        if (_taken == 0 || time.GetElapsedTime(_begun) >= Interval)
        {
            (_begun, _taken) = (time.GetTimestamp(), 0);
        }

        if (_taken == Most)
        {
            return false;
        }

        _taken++;
        return true;
    }
}
