using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Events;

/// <summary>What is subscribed to.</summary>
public sealed record SubscriptionSettings
{
    /// <summary>Whose events.</summary>
    public required SipUri Target { get; init; }

    /// <summary>The event package.</summary>
    public required EventPackage Package { get; init; }

    /// <summary>Our address, without a tag.</summary>
    public required NameAddress Identity { get; init; }

    /// <summary>Where notifications reach us.</summary>
    public required NameAddress Contact { get; init; }

    /// <summary>The id parameter of Event, or null.</summary>
    public string? Id { get; init; }

    /// <summary>How long it is to last until it is refreshed; null for the package's default.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>The body of the SUBSCRIBE: a filter, a list; null for none.</summary>
    public SessionBody? Body { get; init; }

    /// <summary>Completes every SUBSCRIBE before it is sent.</summary>
    public Action<SipRequest>? Prepare { get; init; }

    /// <summary>The dialect of the server.</summary>
    public IEventDialect Dialect { get; init; } = IEventDialect.Standard;
}
