using ComIm.Sip.Messages;

namespace ComIm.Sip.Events;

/// <summary>What is published (RFC 3903).</summary>
public sealed record PublicationSettings
{
    /// <summary>Whose event state; our own as a rule.</summary>
    public required SipUri Target { get; init; }

    /// <summary>Our address, without a tag.</summary>
    public required NameAddress Identity { get; init; }

    /// <summary>The event package.</summary>
    public required string Package { get; init; }

    /// <summary>How long it is to last until it is refreshed.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);
}
