using System.Globalization;
using System.Xml.Linq;
using ComIm.Sip.Bodies;

namespace ComIm.Client.Presence;

/// <summary>Watcher information (RFC 3858).</summary>
/// <param name="Version">Goes up with every document of a subscription.</param>
/// <param name="IsFull">Whether it names all watchers; else those that have changed.</param>
/// <param name="Watchers">The watchers by their ids; null for one that has gone.</param>
internal sealed record WatcherInfoDocument(uint Version, bool IsFull, IReadOnlyList<KeyValuePair<string, Watcher?>> Watchers)
{
    public const string ContentType = "application/watcherinfo+xml";

    private const int MaxCharacters = 1024 * 1024;

    private static readonly XNamespace Winfo = "urn:ietf:params:xml:ns:watcherinfo";

    /// <summary>Reads a document; null where it is none.</summary>
    public static WatcherInfoDocument? Read(ReadOnlyMemory<byte> content) =>
        BoundedXml.Read(content, MaxCharacters) is { } root && root.Name == Winfo + "watcherinfo"
            && uint.TryParse(root.Attribute("version")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new WatcherInfoDocument(version, root.Attribute("state")?.Value != "partial", [.. Read(root)])
            : null;

    private static IEnumerable<KeyValuePair<string, Watcher?>> Read(XElement root) =>
        from list in root.Elements(Winfo + "watcher-list")
        where list.Attribute("package")?.Value == "presence"
        from watcher in list.Elements(Winfo + "watcher")
        let id = watcher.Attribute("id")?.Value
        let address = watcher.Value.Trim()
        where id is not null && address.Length > 0
        select KeyValuePair.Create(id, Of(address, watcher.Attribute("display-name")?.Value, watcher.Attribute("status")?.Value));

    /// <summary>"waiting" is one who was never let in and has gone (RFC 3857 section 4.7.1): he still waits for an answer.</summary>
    private static Watcher? Of(string address, string? name, string? status) => status switch
    {
        "active" => new Watcher(address, name, false),
        "pending" or "waiting" => new Watcher(address, name, true),
        _ => null,
    };
}
