using ComIm.Sip.Messages;

namespace ComIm.Sip.Bodies;

/// <summary>Decodes one body; what it may take of parts and inflated bytes is counted across all of its parts.</summary>
internal sealed class BodyDecoder(SipLimits limits)
{
    /// <summary>Codings put on each other; every one multiplies what a bomb can do, and no peer sends two.</summary>
    private const int MaxCodings = 2;

    /// <summary>What may be inflated whatever the ratio.</summary>
    private const int FreeInflatedLength = 64 * 1024;

    private int _parts;
    private int _inflated;

    public SipBodyResult Decode(SipMessage message) => Decode(message.Headers, message.Body, MediaType.PlainText, 0);

    public SipBodyResult DecodeEntity(ReadOnlyMemory<byte> entity)
    {
        var result = DecodePart(entity, MediaType.PlainText, 1);
        return result.Body is { Rejection: not BodyRejection.None } body ? SipBodyResult.Refused(body.Rejection) : result;
    }

    private SipBodyResult Decode(HeaderCollection headers, ReadOnlyMemory<byte> content, MediaType unnamed, int depth)
    {
        var type = unnamed;
        if (headers.Get(HeaderId.ContentType) is { Length: > 0 } text && !MediaType.TryParse(text, out type))
        {
            return SipBodyResult.Refused(BodyRejection.InvalidContentType);
        }

        // Content-Transfer-Encoding is a field of parts only: SIP itself carries bytes.
        var rejection = depth == 0
            ? BodyRejection.None
            : TransferEncoding.Undo(headers.Get("Content-Transfer-Encoding"), content, out content);
        rejection = rejection == BodyRejection.None ? UndoCodings(headers.GetValues(HeaderId.ContentEncoding), ref content) : rejection;
        if (rejection != BodyRejection.None)
        {
            return depth > 0 && BodyRejections.StatusCodeOf(rejection) == 415
                ? SipBodyResult.Of(new SipBody(type, headers, default, []) { Rejection = rejection })
                : SipBodyResult.Refused(rejection);
        }

        return type.IsMultipart && !content.IsEmpty
            ? DecodeParts(type, headers, content, depth)
            : SipBodyResult.Of(new SipBody(type, headers, content, []));
    }

    private SipBodyResult DecodeParts(MediaType type, HeaderCollection headers, ReadOnlyMemory<byte> content, int depth)
    {
        if (depth >= limits.MaxPartDepth)
        {
            return SipBodyResult.Refused(BodyRejection.PartsTooDeep);
        }

        var raw = new List<ReadOnlyMemory<byte>>();
        var rejection = MultipartReader.Split(content, type.Boundary, limits.MaxParts - _parts, raw);
        if (rejection != BodyRejection.None)
        {
            return SipBodyResult.Refused(rejection);
        }

        _parts += raw.Count;
        var unnamed = type.Is("multipart/digest") ? new MediaType("message", "rfc822") : MediaType.PlainText;
        var parts = new List<SipBody>(raw.Count);
        foreach (var part in raw)
        {
            var result = DecodePart(part, unnamed, depth + 1);
            if (result.Body is null)
            {
                return result;
            }

            parts.Add(result.Body);
        }

        return SipBodyResult.Of(new SipBody(type, headers, content, parts));
    }

    private SipBodyResult DecodePart(ReadOnlyMemory<byte> part, MediaType unnamed, int depth)
    {
        var rejection = PartHeaders.Read(part.Span, limits, out var headers, out var length);
        return rejection == BodyRejection.None ? Decode(headers, part[length..], unnamed, depth) : SipBodyResult.Refused(rejection);
    }

    private BodyRejection UndoCodings(IReadOnlyList<string> codings, ref ReadOnlyMemory<byte> content)
    {
        if (codings.Count > MaxCodings || !codings.All(ContentCoding.IsKnown))
        {
            return BodyRejection.UnsupportedEncoding;
        }

        // They are listed in the order in which they were applied (RFC 9110 section 8.4).
        var ratioBound = Math.Max(FreeInflatedLength, (long)content.Length * limits.MaxInflateRatio);
        for (var i = codings.Count - 1; i >= 0 && !content.IsEmpty; i--)
        {
            var coded = content;
            var left = limits.MaxInflatedLength - _inflated;
            var rejection = ContentCoding.Undo(codings[i], coded, (int)Math.Min(ratioBound, left), out content);
            if (rejection != BodyRejection.None)
            {
                return rejection == BodyRejection.InflatedTooLong && ratioBound < left ? BodyRejection.InflatesTooMuch : rejection;
            }

            _inflated += ContentCoding.IsIdentity(codings[i]) ? 0 : content.Length;
        }

        return BodyRejection.None;
    }
}
