using System.Globalization;
using System.Text;
using ComIm.Sip.Messages;

namespace ComIm.Client.Messaging.Cpim;

/// <summary>Puts content into the envelope of RFC 3862, with the headers of RFC 5438.</summary>
/// <param name="from">Who writes.</param>
/// <param name="to">To whom.</param>
/// <param name="time">When.</param>
internal sealed class CpimWriter(NameAddress from, NameAddress to, DateTimeOffset time)
{
    /// <summary>A message whose reader is asked for receipts.</summary>
    /// <param name="id">The name by which the receipts name it.</param>
    /// <param name="content">What it says.</param>
    public MessageContent Message(string id, MessageContent content) => Write(
        id, string.Join(", ", ImdnNames.PositiveDelivery, ImdnNames.NegativeDelivery, ImdnNames.Display), content, null);

    /// <summary>A receipt: it asks for nothing, or receipts would never end (RFC 5438 section 7.1.1.1).</summary>
    /// <param name="id">A name of its own.</param>
    /// <param name="notice">What it says.</param>
    public MessageContent Receipt(string id, MessageContent notice) => Write(id, null, notice, "notification");

    private MessageContent Write(string id, string? dispositions, MessageContent content, string? contentDisposition)
    {
        var head = new StringBuilder()
            .Append("From: ").Append(AddressOf(from)).Append("\r\n")
            .Append("To: ").Append(AddressOf(to)).Append("\r\n")
            .Append("DateTime: ").Append(time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)).Append("\r\n")
            .Append("NS: imdn <").Append(ImdnNames.Space).Append(">\r\n")
            .Append("imdn.").Append(ImdnNames.MessageId).Append(": ").Append(CpimHeader.Escape(id)).Append("\r\n");
        if (dispositions is not null)
        {
            head.Append("imdn.").Append(ImdnNames.Disposition).Append(": ").Append(dispositions).Append("\r\n");
        }

        head.Append("\r\nContent-Type: ").Append(content.ContentType).Append("\r\n");
        if (contentDisposition is not null)
        {
            head.Append("Content-Disposition: ").Append(contentDisposition).Append("\r\n");
        }

        head.Append("Content-Length: ").Append(content.Bytes.Length.ToString(CultureInfo.InvariantCulture)).Append("\r\n\r\n");
        return MessageContent.Of(CpimMessage.ContentType, (byte[])[.. Encoding.UTF8.GetBytes(head.ToString()), .. content.Bytes.Span]);
    }

    private static string AddressOf(NameAddress address) => CpimHeader.Escape(
        (address.DisplayName is { } name ? QuotedString.Quote(name) + " <" : "<") + address.UriText + ">");
}
