namespace ComIm.Sip.Events;

/// <summary>An event package (RFC 6665 section 5): what can be subscribed to, and in which formats it is told.</summary>
public sealed record EventPackage
{
    /// <summary>The name as it stands in Event: <c>presence</c>, <c>conference</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The formats of its notifications, best first.</summary>
    public required IReadOnlyList<string> ContentTypes { get; init; }

    /// <summary>How long a subscription lasts where nobody says.</summary>
    public TimeSpan DefaultLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The shortest one granted; a shorter one is answered 423.</summary>
    public TimeSpan MinLifetime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest one granted; a longer one is shortened.</summary>
    public TimeSpan MaxLifetime { get; init; } = TimeSpan.FromHours(2);

    /// <summary>
    /// True where every notification counts, since it tells a change; false, the default, where each tells the whole state:
    /// then, while one is under way, only the newest waits.
    /// </summary>
    public bool TellsChanges { get; init; }
}
