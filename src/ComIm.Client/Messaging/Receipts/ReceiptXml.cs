using System.Globalization;
using System.Text;
using System.Xml.Linq;
using ComIm.Sip.Bodies;

namespace ComIm.Client.Messaging.Receipts;

/// <summary>The document of a receipt, <c>message/imdn+xml</c> (RFC 5438 section 11).</summary>
internal static class ReceiptXml
{
    public const string ContentType = "message/imdn+xml";

    private const int MaxCharacters = 64 * 1024;

    private static readonly XNamespace Imdn = "urn:ietf:params:xml:ns:imdn";

    /// <summary>Writes a receipt for a message that was delivered or displayed.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="time">When the message was written (section 11.1.3), or came in.</param>
    /// <param name="recipient">Who got it.</param>
    public static byte[] Write(Receipt receipt, DateTimeOffset time, string recipient)
    {
        var status = receipt.Status == ReceiptStatus.Displayed
            ? new XElement(Imdn + "display-notification", new XElement(Imdn + "status", new XElement(Imdn + "displayed")))
            : new XElement(Imdn + "delivery-notification", new XElement(Imdn + "status", new XElement(Imdn + "delivered")));
        var root = new XElement(
            Imdn + "imdn",
            new XElement(Imdn + "message-id", receipt.MessageId),
            new XElement(Imdn + "datetime", time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            new XElement(Imdn + "recipient-uri", recipient),
            new XElement(Imdn + "original-recipient-uri", recipient),
            status);
        return Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n" + root.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>Reads a receipt; null where it is none. Some peers leave its namespace out.</summary>
    public static Receipt? Read(ReadOnlyMemory<byte> content) =>
        BoundedXml.Read(content, MaxCharacters) is { } root ? Read(root) : null;

    private static Receipt? Read(XElement root)
    {
        var id = Child(root, "message-id")?.Value.Trim();
        var kind = root.Elements().FirstOrDefault(e => e.Name.LocalName is "delivery-notification" or "display-notification" or "processing-notification");
        var status = kind is null ? null : Child(kind, "status")?.Elements().FirstOrDefault()?.Name.LocalName;
        if (root.Name.LocalName != "imdn" || string.IsNullOrEmpty(id) || kind is null || status is null)
        {
            return null;
        }

        return new Receipt(id, (kind.Name.LocalName, status) switch
        {
            ("delivery-notification", "delivered") => ReceiptStatus.Delivered,
            ("delivery-notification", "failed") => ReceiptStatus.Failed,
            ("display-notification", "displayed") => ReceiptStatus.Displayed,
            ("processing-notification", "stored") => ReceiptStatus.Stored,
            _ => ReceiptStatus.Withheld,
        });
    }

    private static XElement? Child(XElement parent, string name) => parent.Elements().FirstOrDefault(e => e.Name.LocalName == name);
}
