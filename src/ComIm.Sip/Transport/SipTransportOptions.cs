using ComIm.Sip.Messages;

namespace ComIm.Sip.Transport;

/// <summary>What a transport is given from outside.</summary>
public sealed record SipTransportOptions
{
    /// <summary>The defaults.</summary>
    public static SipTransportOptions Default { get; } = new();

    /// <summary>The clock of every timeout.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How large a message may be.</summary>
    public SipLimits MessageLimits { get; init; } = SipLimits.Default;

    /// <summary>How many connections there may be, and how long they may wait.</summary>
    public SipTransportLimits Limits { get; init; } = SipTransportLimits.Default;
}
