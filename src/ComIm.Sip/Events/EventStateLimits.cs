namespace ComIm.Sip.Events;

/// <summary>What is too much, too short and too long for an <see cref="EventStateStore"/>.</summary>
public sealed record EventStateLimits
{
    /// <summary>How long a publication lasts where nobody says: an hour.</summary>
    public TimeSpan DefaultLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The shortest lifetime granted: a minute. A shorter one is refused with 423.</summary>
    public TimeSpan MinLifetime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest lifetime granted: two hours. A longer one is shortened.</summary>
    public TimeSpan MaxLifetime { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How many publications one resource may have: 32. One more is refused with 503.</summary>
    public int MaxPerResource { get; init; } = 32;

    /// <summary>Bytes of all publications of one resource together: 128 KiB, since every watcher gets them all. More are refused with 413.</summary>
    public int MaxBytesPerResource { get; init; } = 128 * 1024;
}
