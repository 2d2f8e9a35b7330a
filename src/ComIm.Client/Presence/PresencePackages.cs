using ComIm.Sip.Events;

namespace ComIm.Client.Presence;

/// <summary>The event packages of presence.</summary>
internal static class PresencePackages
{
    /// <summary>Who is there (RFC 3856).</summary>
    public static EventPackage Presence { get; } = new() { Name = "presence", ContentTypes = [PresenceDocument.ContentType] };
}
