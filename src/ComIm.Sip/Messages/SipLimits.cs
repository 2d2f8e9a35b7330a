namespace ComIm.Sip.Messages;

/// <summary>How much of a message a peer may make us hold. What exceeds a limit is refused, never cut.</summary>
public sealed record SipLimits
{
    /// <summary>The defaults.</summary>
    public static SipLimits Default { get; } = new();

    /// <summary>Bytes of start line and headers; 32 KiB. A longer head is answered 513 (RFC 3261 section 21.5.7).</summary>
    public int MaxHeadLength { get; init; } = 32 * 1024;

    /// <summary>No head is longer than this, whatever <see cref="MaxHeadLength"/> says.</summary>
    internal const int LongestHead = ushort.MaxValue;

    /// <summary>Bytes of a body; 1 MiB. A longer one is answered 413.</summary>
    public int MaxBodyLength { get; init; } = 1024 * 1024;

    /// <summary>Header fields in one message; 256.</summary>
    public int MaxHeaderCount { get; init; } = 256;

    /// <summary>
    /// Bytes of all contents of one body together, once inflated; 4 MiB. A longer one is answered 413. What is not
    /// compressed counts against <see cref="MaxBodyLength"/> only.
    /// </summary>
    public int MaxInflatedLength { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// How many times longer a content may get by inflating; 200. Text and XML shrink by less than that, a bomb by up to
    /// 1,032. The first 64 KiB are free, since short repetitive texts exceed any ratio. Beyond it: 413.
    /// </summary>
    public int MaxInflateRatio { get; init; } = 200;

    /// <summary>Parts in one body, those of nested multiparts included; 32. More are answered 413.</summary>
    public int MaxParts { get; init; } = 32;

    /// <summary>Multiparts within each other; 4. A deeper one is answered 413.</summary>
    public int MaxPartDepth { get; init; } = 4;
}
