using ComIm.Sip.Messages;

namespace ComIm.Sip.Bodies;

/// <summary>A message's body, or one part of it, with its encodings undone (RFC 3261 section 7.4, RFC 5621).</summary>
public sealed class SipBody
{
    internal SipBody(MediaType type, HeaderCollection headers, ReadOnlyMemory<byte> content, IReadOnlyList<SipBody> parts)
    {
        Type = type;
        Headers = headers;
        Content = content;
        Parts = parts;
    }

    /// <summary>The media type; that of plain text where nothing is said.</summary>
    public MediaType Type { get; }

    /// <summary>The header fields that describe it: the message's, or those of the part.</summary>
    public HeaderCollection Headers { get; }

    /// <summary>The bytes, decoded. Of a multipart: all of it, delimiters included.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The parts of a multipart, in their order.</summary>
    public IReadOnlyList<SipBody> Parts { get; }

    /// <summary>
    /// Why this part could not be decoded, where its encoding is unknown: the rest of the body may do without it. A whole
    /// body that was decoded always has <see cref="BodyRejection.None"/>.
    /// </summary>
    public BodyRejection Rejection { get; internal init; }

    /// <summary>False where its sender allows that it be ignored (handling=optional, RFC 3261 section 20.11).</summary>
    public bool IsRequired => Headers.Get(HeaderId.ContentDisposition) is not { } disposition
        || disposition.IndexOf(';', StringComparison.Ordinal) is not (> 0 and var semicolon)
        || !string.Equals(new ParameterList(disposition[semicolon..]).Get("handling"), "optional", StringComparison.OrdinalIgnoreCase);

    /// <summary>Decodes a message's body: undoes its content codings and finds its parts.</summary>
    /// <param name="message">The message. A body without Content-Type is taken for plain text.</param>
    /// <param name="limits">What is too much.</param>
    public static SipBodyResult Decode(SipMessage message, SipLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new BodyDecoder(limits ?? SipLimits.Default).Decode(message);
    }

    /// <summary>
    /// Decodes a MIME entity that stands by itself inside a body, as in <c>message/cpim</c> and <c>message/partial</c>: header
    /// fields, an empty line, the content.
    /// </summary>
    /// <param name="entity">Its bytes.</param>
    /// <param name="limits">What is too much.</param>
    public static SipBodyResult DecodeEntity(ReadOnlyMemory<byte> entity, SipLimits? limits = null) =>
        new BodyDecoder(limits ?? SipLimits.Default).DecodeEntity(entity);

    /// <summary>The content as text, by its charset.</summary>
    /// <param name="text">The text; empty with a rejection.</param>
    /// <returns><see cref="BodyRejection.UnsupportedCharset"/> where the charset is unknown.</returns>
    public BodyRejection ReadText(out string text)
    {
        var isKnown = Charsets.TryDecode(Content.Span, Type.Charset, out var decoded);
        text = decoded ?? string.Empty;
        return Rejection != BodyRejection.None ? Rejection : isKnown ? BodyRejection.None : BodyRejection.UnsupportedCharset;
    }

    /// <summary>
    /// Chooses what the receiver can use: this body, or the part that its multipart's kind says (RFC 2046 section 5.1,
    /// RFC 5621). Of alternatives the last that is accepted; of what belongs together its root; else the first that is
    /// accepted, provided that every other part is accepted or optional.
    /// </summary>
    /// <param name="judge">Says why a part cannot be used, or <see cref="BodyRejection.None"/>; it is not asked about multiparts.</param>
    public SipBodyResult Select(Func<SipBody, BodyRejection> judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        return BodySelection.Select(this, judge);
    }
}
