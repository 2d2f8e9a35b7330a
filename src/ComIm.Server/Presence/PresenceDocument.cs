using System.Text;
using System.Xml.Linq;
using ComIm.Sip.Bodies;
using ComIm.Sip.Dialogs;

namespace ComIm.Server.Presence;

/// <summary>PIDF documents (RFC 3863): checked when they come in, put together when they go out.</summary>
internal static class PresenceDocument
{
    /// <summary>The one format.</summary>
    public const string ContentType = "application/pidf+xml";

    private static readonly XNamespace Pidf = "urn:ietf:params:xml:ns:pidf";

    private const int MaxCharacters = 64 * 1024;

    /// <summary>Whether bytes are a presence document.</summary>
    /// <param name="bytes">What a user published.</param>
    public static bool IsValid(ReadOnlyMemory<byte> bytes) => Read(bytes) is not null;

    /// <summary>
    /// What a watcher is told: what the user's devices have published, under one root; where none has, whether one is registered.
    /// </summary>
    /// <param name="entity">The user's address.</param>
    /// <param name="published">The documents, oldest first.</param>
    /// <param name="isRegistered">Whether a device is registered.</param>
    public static SessionBody Compose(string entity, IReadOnlyList<SessionBody> published, bool isRegistered)
    {
        if (published is [var only])
        {
            return only;
        }

        var root = new XElement(Pidf + "presence", new XAttribute("entity", entity));
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in published.Select(p => Read(p.Content)).SelectMany(d => d?.Elements() ?? []))
        {
            // The ids of two devices may be the same; in one document they may not (section 4.1.2).
            if (element.Attribute("id") is { } id && !ids.Add(id.Value))
            {
                id.Value = string.Concat(id.Value, "-", Guid.NewGuid().ToString("n").AsSpan(0, 8));
            }

            root.Add(element);
        }

        if (published.Count == 0)
        {
            root.Add(new XElement(
                Pidf + "tuple", new XAttribute("id", "registration"), new XElement(Pidf + "status", new XElement(Pidf + "basic", isRegistered ? "open" : "closed"))));
        }

        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.ToString(SaveOptions.DisableFormatting);
        return new SessionBody(ContentType, Encoding.UTF8.GetBytes(text));
    }

    private static XElement? Read(ReadOnlyMemory<byte> bytes) =>
        BoundedXml.Read(bytes, MaxCharacters) is { } root && root.Name == Pidf + "presence" && root.Attribute("entity") is not null ? root : null;
}
