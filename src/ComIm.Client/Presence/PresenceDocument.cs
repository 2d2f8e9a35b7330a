using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ComIm.Sip.Bodies;

namespace ComIm.Client.Presence;

/// <summary>
/// PIDF documents (RFC 3863) with a person (RFC 4479), activities (RFC 4480) and the name to show (RFC 4482). It knows no clock.
/// </summary>
internal static class PresenceDocument
{
    public const string ContentType = "application/pidf+xml";

    private const int MaxCharacters = 256 * 1024;
    private const int MaxActivities = 32;
    private const int MaxText = 1024;

    // Servers take documents of 64 K; the rest is ours.
    private const int MaxExtension = 48 * 1024;

    private static readonly XNamespace Pidf = "urn:ietf:params:xml:ns:pidf";
    private static readonly XNamespace Model = "urn:ietf:params:xml:ns:pidf:data-model";
    private static readonly XNamespace Rpid = "urn:ietf:params:xml:ns:pidf:rpid";
    private static readonly XNamespace Cipid = "urn:ietf:params:xml:ns:pidf:cipid";

    /// <summary>Checks that what a program adds is one element of a namespace of its own.</summary>
    /// <param name="extension">What is added; null for nothing.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void CheckExtension(string? extension)
    {
        try
        {
            // As deep as it will stand in the document, which others read only so deep.
            if (extension is not null
                && (extension.Length > MaxExtension || Parse($"<presence>{extension}</presence>").Nodes().ToList() is not [XElement only] || !IsForeign(only)))
            {
                throw new ArgumentException($"An extension is one XML element of a namespace of its own, and has at most {MaxExtension} characters.", nameof(extension));
            }
        }
        catch (XmlException e)
        {
            throw new ArgumentException("The extension is not XML: " + e.Message, nameof(extension), e);
        }
    }

    /// <summary>Writes what one device says.</summary>
    /// <param name="entity">Our address.</param>
    /// <param name="id">Names the device; the same in every document of it.</param>
    /// <param name="info">What is said.</param>
    /// <param name="time">When.</param>
    public static byte[] Write(string entity, string id, PresenceInfo info, DateTimeOffset time)
    {
        var status = info.Status;
        var (name, note) = (Writable(info.DisplayName), Writable(status.Note));
        var isOpen = status.Availability is not (PresenceAvailability.Offline or PresenceAvailability.Unknown);
        var stamp = time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var root = new XElement(
            Pidf + "presence",
            new XAttribute(XNamespace.Xmlns + "dm", Model),
            new XAttribute(XNamespace.Xmlns + "rpid", Rpid),
            name is null ? null : new XAttribute(XNamespace.Xmlns + "c", Cipid),
            new XAttribute("entity", entity),
            new XElement(
                Pidf + "tuple",
                new XAttribute("id", "t" + id),
                new XElement(Pidf + "status", new XElement(Pidf + "basic", isOpen ? "open" : "closed")),
                new XElement(Pidf + "contact", entity),
                note is null ? null : new XElement(Pidf + "note", note),
                new XElement(Pidf + "timestamp", stamp)),
            new XElement(
                Model + "person",
                new XAttribute("id", "p" + id),
                Activities(status),
                name is null ? null : new XElement(Cipid + "display-name", name),
                note is null ? null : new XElement(Model + "note", note),
                new XElement(Model + "timestamp", stamp)),
            status.Extension is { } extension ? Parse(extension) : null);
        return Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>Reads a document; null where it is none.</summary>
    /// <param name="content">The bytes.</param>
    public static PresenceInfo? Read(ReadOnlyMemory<byte> content) =>
        BoundedXml.Read(content, MaxCharacters) is { } root && root.Name == Pidf + "presence" ? Read(root) : null;

    private static PresenceInfo Read(XElement root)
    {
        var tuples = root.Elements(Pidf + "tuple").ToList();
        var basics = tuples.Select(t => t.Element(Pidf + "status")?.Element(Pidf + "basic")?.Value.Trim()).Where(b => b is "open" or "closed").ToList();

        // There is one person; where several devices speak for it the newest knows best (RFC 4479 section 3.2).
        var person = root.Elements(Model + "person").OrderBy(TimeOf).LastOrDefault();
        var activities = ActivitiesOf(person ?? root);
        var others = activities.Where(a => a.Name.LocalName == "other").Select(a => a.Value.Trim()).ToList();
        var known = activities.Select(a => ActivityNames.Read(a.Name.LocalName)).ToList();
        bool? isOpen = basics.Count == 0 ? null : basics.Contains("open");
        var availability = AvailabilityRules.Of(isOpen, known, others);

        // What only says the availability is no activity of its own.
        var (mark, markOther) = AvailabilityRules.Marks(availability);
        var said = known.Where((a, i) => a != mark && !(a == PresenceActivity.Other && activities[i].Value.Trim() == markOther));
        var note = person?.Element(Model + "note") ?? root.Element(Pidf + "note") ?? Newest(tuples)?.Element(Pidf + "note");
        var name = root.Descendants(Cipid + "display-name").FirstOrDefault();
        var status = new PresenceStatus(availability, [.. said.Distinct()], TextOf(note)) { Extension = ExtensionOf(root) };
        return new PresenceInfo(status, TextOf(name));
    }

    /// <summary>What programs add; where several devices of a person do, all of the name of the first, under one root.</summary>
    private static string? ExtensionOf(XElement root)
    {
        if (root.Elements().FirstOrDefault(IsForeign) is not { } first)
        {
            return null;
        }

        var merged = new XElement(first);
        merged.Add(first.ElementsAfterSelf(first.Name).SelectMany(e => e.Elements()));
        return merged.ToString(SaveOptions.DisableFormatting);
    }

    private static bool IsForeign(XElement element) =>
        element.Name.NamespaceName.Length > 0 && element.Name.Namespace != Pidf && element.Name.Namespace != Model && element.Name.Namespace != Rpid && element.Name.Namespace != Cipid;

    private static XElement Parse(string xml) => BoundedXml.Parse(xml, MaxCharacters);

    private static XElement? Activities(PresenceStatus status)
    {
        var (mark, other) = AvailabilityRules.Marks(status.Availability);
        var elements = status.Activities
            .Where(a => a is not PresenceActivity.Other && a != mark)
            .Distinct()
            .Select(a => new XElement(Rpid + ActivityNames.Of(a)))
            .ToList();
        if (mark is { } activity)
        {
            elements.Insert(0, new XElement(Rpid + ActivityNames.Of(activity)));
        }

        if (other is not null)
        {
            elements.Add(new XElement(Rpid + "other", other));
        }

        return elements.Count == 0 ? null : new XElement(Rpid + "activities", elements);
    }

    /// <summary>The activities, also where older drafts had them: in another namespace, in the status of a tuple.</summary>
    private static List<XElement> ActivitiesOf(XElement scope) =>
    [
        .. scope.Descendants()
            .Where(e => e.Name.LocalName == "activities" && e.Name.NamespaceName.Contains("rpid", StringComparison.Ordinal))
            .SelectMany(e => e.Elements())
            .Where(e => e.Name.LocalName is not ("note" or "unknown"))
            .Take(MaxActivities),
    ];

    private static XElement? Newest(List<XElement> tuples) =>
        tuples.Where(t => t.Element(Pidf + "note") is not null).OrderBy(TimeOf).LastOrDefault();

    private static DateTimeOffset TimeOf(XElement element)
    {
        var text = element.Elements().FirstOrDefault(e => e.Name.LocalName == "timestamp")?.Value.Trim();
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : DateTimeOffset.MinValue;
    }

    private static string? TextOf(XElement? element)
    {
        var text = element?.Value.Trim();
        return string.IsNullOrEmpty(text) ? null : text.Length <= MaxText ? text : text[..(MaxText - (char.IsHighSurrogate(text[MaxText - 1]) ? 1 : 0))];
    }

    /// <summary>Without the characters that XML cannot hold.</summary>
    private static string? Writable(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var runes = text.EnumerateRunes().Where(r => !r.IsBmp || XmlConvert.IsXmlChar((char)r.Value));
        return string.Concat(runes.Select(r => r.ToString()));
    }
}
