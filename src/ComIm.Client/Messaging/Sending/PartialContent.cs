using System.Globalization;
using System.Text;
using ComIm.Sip.Bodies;

namespace ComIm.Client.Messaging.Sending;

/// <summary>The fragments of a content that goes in several messages and is put together again: <c>message/partial</c> (RFC 2046 section 5.2.2).</summary>
internal static class PartialContent
{
    /// <summary>Cuts a content, with its type in front, into fragments.</summary>
    /// <param name="content">The content.</param>
    /// <param name="id">The name that is common to the fragments.</param>
    /// <param name="length">The most bytes of one.</param>
    public static IReadOnlyList<MessageContent> Cut(MessageContent content, string id, int length)
    {
        byte[] entity = [.. Encoding.UTF8.GetBytes($"Content-Type: {content.ContentType}\r\n\r\n"), .. content.Bytes.Span];
        var total = (entity.Length + length - 1) / length;
        var type = new MediaType("message", "partial").With("id", id).With("total", total.ToString(CultureInfo.InvariantCulture));
        return [.. Enumerable.Range(0, total).Select(i => new MessageContent(
            type.With("number", (i + 1).ToString(CultureInfo.InvariantCulture)),
            entity.AsMemory(i * length, Math.Min(length, entity.Length - (i * length)))))];
    }
}
