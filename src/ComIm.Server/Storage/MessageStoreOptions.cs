namespace ComIm.Server.Storage;

/// <summary>Where messages for users who are away are kept, and how many.</summary>
public sealed record MessageStoreOptions
{
    /// <summary>The SQLite file; it is made where it is missing. Its folder must exist.</summary>
    public required string Path { get; init; }

    /// <summary>Messages that one user may have waiting; 2,000. One more is answered 503.</summary>
    public int MaxPerUser { get; init; } = 2_000;

    /// <summary>
    /// Messages of one sender that one user may have waiting; where nothing is said a quarter of <see cref="MaxPerUser"/>, 500. One more
    /// is answered 503, and those of others are still taken: nobody fills another's mailbox alone.
    /// </summary>
    public int? MaxPerSender { get; init; }

    /// <summary>Messages that may wait in all; 100,000. One more is answered 503.</summary>
    public int MaxTotal { get; init; } = 100_000;

    /// <summary>The largest request that is stored, in bytes; 64 KiB. A larger one is answered 413.</summary>
    public int MaxBytes { get; init; } = 64 * 1024;

    /// <summary>How long a message waits at most; 30 days. Its Expires may say less (RFC 3428 section 8).</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary><see cref="MaxPerSender"/>, or its default.</summary>
    internal int PerSender => MaxPerSender ?? Math.Max(1, MaxPerUser / 4);
}
