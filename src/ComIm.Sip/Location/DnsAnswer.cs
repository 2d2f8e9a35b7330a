namespace ComIm.Sip.Location;

/// <summary>What a lookup found.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Records">The records of the type asked for; empty unless there are such.</param>
/// <param name="TimeToLive">How long it may be remembered.</param>
internal sealed record DnsAnswer(DnsAnswerKind Kind, IReadOnlyList<DnsRecord> Records, TimeSpan TimeToLive)
{
    /// <summary>No server could say. It is remembered for a moment, so that a dead server is not asked at every turn (RFC 9520).</summary>
    public static DnsAnswer Failed { get; } = new(DnsAnswerKind.Failed, [], TimeSpan.FromSeconds(5));

    /// <summary>The name does not exist and nobody need be asked.</summary>
    public static DnsAnswer NoSuchName { get; } = new(DnsAnswerKind.NoSuchName, [], TimeSpan.Zero);

    /// <summary>The data of every record.</summary>
    /// <typeparam name="T">Its type, as <see cref="DnsRecord.Data"/> says.</typeparam>
    public IReadOnlyList<T> DataOf<T>() => [.. Records.Select(r => r.Data).OfType<T>()];
}
