namespace ComIm.Sip.Messages;

/// <summary>How much of a message a peer may make us hold. What exceeds a limit is refused, never cut.</summary>
public sealed record SipLimits
{
    /// <summary>The defaults.</summary>
    public static SipLimits Default { get; } = new();

    /// <summary>Bytes of start line and headers; 32 KiB. A longer head is answered 513 (RFC 3261 section 21.5.7).</summary>
    public int MaxHeadLength { get; init; } = 32 * 1024;

    /// <summary>Bytes of a body; 1 MiB. A longer one is answered 413.</summary>
    public int MaxBodyLength { get; init; } = 1024 * 1024;

    /// <summary>Header fields in one message; 256.</summary>
    public int MaxHeaderCount { get; init; } = 256;
}
