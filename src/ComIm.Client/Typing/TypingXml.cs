using System.Globalization;
using System.Text;
using System.Xml.Linq;
using ComIm.Sip.Bodies;

namespace ComIm.Client.Typing;

/// <summary>The two documents that say that somebody is typing.</summary>
internal static class TypingXml
{
    public const string IsComposingType = "application/im-iscomposing+xml";
    public const string KeyboardActivityType = "application/xml";

    private const int MaxCharacters = 16 * 1024;

    private static readonly XNamespace IsComposing = "urn:ietf:params:xml:ns:im-iscomposing";
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromHours(1);

    public static string TypeOf(TypingForm form) => form == TypingForm.IsComposing ? IsComposingType : KeyboardActivityType;

    public static byte[] Write(TypingNotice notice)
    {
        var root = notice.Form == TypingForm.IsComposing
            ? new XElement(
                IsComposing + "isComposing",
                new XElement(IsComposing + "state", notice.IsActive ? "active" : "idle"),
                new XElement(IsComposing + "contenttype", "text/plain"),
                notice.IsActive ? new XElement(IsComposing + "refresh", (int)notice.Lifetime.TotalSeconds) : null)
            : new XElement("KeyboardActivity", new XElement("status", new XAttribute("status", notice.IsActive ? "type" : "idle")));
        return Encoding.UTF8.GetBytes(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + root.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>Reads a document of one of the two forms; null where it is none. Unknown elements are passed over (RFC 3994 section 4).</summary>
    public static TypingNotice? Read(ReadOnlyMemory<byte> content) =>
        BoundedXml.Read(content, MaxCharacters) is { } root ? Read(root) : null;

    private static TypingNotice? Read(XElement root)
    {
        if (root.Name == IsComposing + "isComposing" && root.Element(IsComposing + "state")?.Value.Trim() is { } state)
        {
            var refresh = root.Element(IsComposing + "refresh")?.Value.Trim();
            var lifetime = uint.TryParse(refresh, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
                ? TimeSpan.FromSeconds(seconds)
                : TypingTimes.Lifetime;

            // What is not "active" is idle (RFC 3994 section 3.3).
            return new TypingNotice(TypingForm.IsComposing, state == "active", lifetime < MaxLifetime ? lifetime : MaxLifetime);
        }

        return root.Name.LocalName == "KeyboardActivity" && root.Elements().FirstOrDefault(e => e.Name.LocalName == "status")?.Attribute("status") is { } status
            ? new TypingNotice(TypingForm.KeyboardActivity, status.Value == "type", TypingTimes.KeyboardLifetime)
            : null;
    }
}
