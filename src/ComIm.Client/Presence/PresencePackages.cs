using ComIm.Sip.Events;

namespace ComIm.Client.Presence;

/// <summary>The event packages of presence.</summary>
internal static class PresencePackages
{
    /// <summary>
    /// The rules of who may watch. What stands under this name in XCAP (RFC 5025 section 9) is published to ComIm's server; others do not
    /// know the package and say so (489).
    /// </summary>
    public const string Rules = "pres-rules";

    /// <summary>Who is there (RFC 3856).</summary>
    public static EventPackage Presence { get; } = new() { Name = "presence", ContentTypes = [PresenceDocument.ContentType] };

    /// <summary>Who watches (RFC 3857).</summary>
    public static EventPackage Watchers { get; } = new() { Name = "presence.winfo", ContentTypes = [WatcherInfoDocument.ContentType] };
}
