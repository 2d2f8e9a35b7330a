using System.Text;
using ComIm.Sip.Bodies;

namespace ComIm.Client.Messaging;

/// <summary>What a message says: bytes and their MIME type (RFC 2045). It does not change.</summary>
public sealed class MessageContent
{
    internal const string PlainType = "text/plain";
    internal const string HtmlType = "text/html";

    private static readonly MediaType PlainUtf8 = MediaType.PlainText.With("charset", "utf-8");
    private static readonly MediaType HtmlUtf8 = new MediaType("text", "html").With("charset", "utf-8");

    private string? _text;

    internal MessageContent(MediaType type, ReadOnlyMemory<byte> bytes)
    {
        Type = type;
        ContentType = type.ToString();
        Bytes = bytes;
    }

    /// <summary>The type as Content-Type has it, with its parameters: <c>text/html;charset=utf-8</c>.</summary>
    public string ContentType { get; }

    /// <summary>The bytes, without any transfer or content encoding.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The bytes as text, by their charset, markup included; empty where the type is no text, or the charset is not known.</summary>
    public string Text => _text ??= Type.Type == "text" && Charsets.TryDecode(Bytes.Span, Type.Charset, out var text) ? text : string.Empty;

    /// <summary>Whether it is <c>text/html</c>.</summary>
    public bool IsHtml => Type.Is(HtmlType);

    /// <summary>Whether it is <c>text/plain</c>.</summary>
    public bool IsPlain => Type.Is(PlainType);

    internal MediaType Type { get; }

    /// <summary>Plain text.</summary>
    /// <param name="text">Any Unicode; it is sent as UTF-8.</param>
    public static MessageContent Plain(string text) => OfText(PlainUtf8, text);

    /// <summary>Text with markup. A peer that takes plain text only is sent it without the markup.</summary>
    /// <param name="html">A document, or a part of one.</param>
    public static MessageContent Html(string html) => OfText(HtmlUtf8, html);

    /// <summary>Anything.</summary>
    /// <param name="contentType">The MIME type, with its parameters where it has any: <c>image/png</c>.</param>
    /// <param name="bytes">The bytes; they are not copied.</param>
    /// <exception cref="ArgumentException">The type cannot be read.</exception>
    public static MessageContent Of(string contentType, ReadOnlyMemory<byte> bytes) => MediaType.TryParse(contentType, out var type)
        ? new MessageContent(type, bytes)
        : throw new ArgumentException("A content type is written as type/subtype, with parameters behind semicolons, without line ends and other controls.", nameof(contentType));

    /// <summary>The text for people; markup is left out.</summary>
    public override string ToString() => IsHtml ? HtmlText.ToPlain(Text) : Text;

    private static MessageContent OfText(MediaType type, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new MessageContent(type, Encoding.UTF8.GetBytes(text));
    }
}
