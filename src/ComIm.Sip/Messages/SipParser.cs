using System.Text;

namespace ComIm.Sip.Messages;

/// <summary>
/// Reads messages from bytes: finds where every header field stands and decodes nothing more. It touches no socket,
/// clock or log, and gives the same answer however the bytes arrived.
/// </summary>
public static class SipParser
{
    /// <summary>Reads one message that fills a datagram (RFC 3261 section 18.3).</summary>
    /// <param name="datagram">The bytes; the message keeps referring to them, so they may not change.</param>
    /// <param name="limits">What is too much.</param>
    public static SipParseResult ParseDatagram(ReadOnlyMemory<byte> datagram, SipLimits? limits = null)
    {
        limits ??= SipLimits.Default;
        var start = SkipLineEnds(datagram.Span);
        var headLength = FindHeadEnd(datagram.Span[start..]);
        if (headLength < 0)
        {
            // A message without the empty line is still worth an answer, where its head can be read.
            return new SipParseResult(ParseHead(datagram[start..], limits).Message, SipRejection.Incomplete);
        }

        var result = ParseHead(datagram.Slice(start, headLength), limits);
        if (result.Message is null)
        {
            return result;
        }

        var rest = datagram[(start + headLength)..];
        var rejection = TryGetContentLength(result.Message, out var declared);
        if (rejection == SipRejection.None && declared > rest.Length)
        {
            rejection = SipRejection.BodyTruncated;
        }

        // Bytes beyond Content-Length are not part of the message.
        var body = rejection == SipRejection.None && declared is { } length ? rest[..length] : rest;
        if (body.Length > limits.MaxBodyLength)
        {
            rejection = SipRejection.BodyTooLong;
        }

        result.Message.Body = rejection == SipRejection.None ? body : default;
        return result.IsValid ? result with { Rejection = rejection } : result;
    }

    /// <summary>Where the head ends: behind the first empty line; -1 where there is none yet.</summary>
    internal static int FindHeadEnd(ReadOnlySpan<byte> bytes)
    {
        var index = bytes.IndexOf("\r\n\r\n"u8);
        return index < 0 ? -1 : index + 4;
    }

    /// <summary>Reads start line and header fields; the message has no body yet.</summary>
    internal static SipParseResult ParseHead(ReadOnlyMemory<byte> head, SipLimits limits)
    {
        if (head.Length > Math.Min(limits.MaxHeadLength, SipLimits.LongestHead))
        {
            return new SipParseResult(null, SipRejection.HeadTooLong);
        }

        var bytes = head.Span;
        var lineEnd = bytes.IndexOf((byte)'\n');
        if (lineEnd < 1 || bytes[lineEnd - 1] != '\r')
        {
            return new SipParseResult(null, lineEnd < 0 ? SipRejection.Incomplete : SipRejection.InvalidLineEnd);
        }

        var slots = new SlotBuffer(stackalloc HeaderSlot[32]);
        var rejection = ReadHeaders(bytes, lineEnd + 1, ref slots, limits);
        var headers = new HeaderCollection(head, slots.Written);
        var (message, startLine) = ReadStartLine(head[..(lineEnd - 1)], headers);
        return new SipParseResult(message, startLine == SipRejection.None ? rejection : startLine);
    }

    /// <summary>The declared body length; null where there is no Content-Length.</summary>
    internal static SipRejection TryGetContentLength(SipMessage message, out int? length)
    {
        length = null;
        var index = message.Headers.IndexOf(HeaderId.ContentLength);
        if (index < 0)
        {
            return SipRejection.None;
        }

        if (message.Headers.CountOf(HeaderId.ContentLength) > 1)
        {
            return SipRejection.RepeatedHeader;
        }

        if (!SipNumber.TryParse(message.Headers.BytesAt(index).Span, out var value) || value > int.MaxValue)
        {
            return SipRejection.InvalidContentLength;
        }

        length = (int)value;
        return SipRejection.None;
    }

    /// <summary>Empty lines before a message are keep-alives or slips, and ignored (RFC 3261 section 7.5).</summary>
    internal static int SkipLineEnds(ReadOnlySpan<byte> bytes)
    {
        var index = bytes.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        return index < 0 ? bytes.Length : index;
    }

    private static (SipMessage? Message, SipRejection Rejection) ReadStartLine(ReadOnlyMemory<byte> bytes, HeaderCollection headers)
    {
        var line = bytes.Span;
        if (line.StartsWith("SIP/"u8))
        {
            return ReadStatusLine(line, headers);
        }

        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        if (first <= 0 || !SipChars.IsToken(line[..first]))
        {
            return (null, SipRejection.InvalidStartLine);
        }

        var method = SipMethods.FromBytes(line[..first]);
        var uri = last > first ? bytes[(first + 1)..last] : default;
        var rejection = CheckRequestLine(uri.Span, line[(last + 1)..]);
        return (new SipRequest(method, uri, headers), rejection == SipRejection.None ? CheckRequestUri(uri.Span) : rejection);
    }

    private static SipRejection CheckRequestLine(ReadOnlySpan<byte> uri, ReadOnlySpan<byte> version)
    {
        if (!version.SequenceEqual("SIP/2.0"u8))
        {
            return version.StartsWith("SIP/"u8) ? SipRejection.UnsupportedVersion : SipRejection.InvalidStartLine;
        }

        return uri.IsEmpty || uri.ContainsAny(" \t<>"u8) || uri.ContainsAny("\r\0\""u8) || uri.IndexOf((byte)':') <= 0
            ? SipRejection.InvalidRequestUri
            : SipRejection.None;
    }

    /// <summary>A SIP URI must be one, without headers (RFC 3261 section 19.1.1 table 1); other schemes are their users' business.</summary>
    private static SipRejection CheckRequestUri(ReadOnlySpan<byte> bytes)
    {
        Span<char> buffer = stackalloc char[512];
        ReadOnlySpan<char> text = bytes.Length <= buffer.Length ? buffer[..Encoding.UTF8.GetChars(bytes, buffer)] : Encoding.UTF8.GetString(bytes);
        var isSip = Ascii.EqualsIgnoreCase(bytes[..Math.Min(4, bytes.Length)], "sip:"u8) || Ascii.EqualsIgnoreCase(bytes[..Math.Min(5, bytes.Length)], "sips:"u8);
        return isSip && (!SipUriParts.TryRead(text, out var parts) || !parts.Headers.IsEmpty)
            ? SipRejection.InvalidRequestUri
            : SipRejection.None;
    }

    private static (SipMessage? Message, SipRejection Rejection) ReadStatusLine(ReadOnlySpan<byte> line, HeaderCollection headers)
    {
        var space = line.IndexOf((byte)' ');
        if (space < 0)
        {
            return (null, SipRejection.InvalidStartLine);
        }

        if (!line[..space].SequenceEqual("SIP/2.0"u8))
        {
            return (null, SipRejection.UnsupportedVersion);
        }

        var rest = line[(space + 1)..];
        var end = rest.IndexOf((byte)' ');
        var digits = end < 0 ? rest : rest[..end];
        if (digits.Length != 3 || !SipNumber.TryParse(digits, out var code) || code is < 100 or > 699)
        {
            return (null, SipRejection.InvalidStatusCode);
        }

        // A CR alone is refused in every other line, too: a peer that reads it as a line end would see a field that we did not.
        if (rest.Contains((byte)'\r'))
        {
            return (null, SipRejection.InvalidLineEnd);
        }

        var reason = end < 0 ? string.Empty : Encoding.UTF8.GetString(rest[(end + 1)..]);
        return (new SipResponse((int)code, reason, headers, default), SipRejection.None);
    }

    private static SipRejection ReadHeaders(ReadOnlySpan<byte> bytes, int position, ref SlotBuffer slots, SipLimits limits)
    {
        var rejection = SipRejection.None;
        while (position < bytes.Length)
        {
            var end = FindFieldEnd(bytes, position, ref rejection);
            var line = bytes[position..end];
            if (line.IsEmpty)
            {
                break;
            }

            if (slots.Count == limits.MaxHeaderCount)
            {
                return SipRejection.TooManyHeaders;
            }

            if (!TryReadField(line, position, ref slots) && rejection == SipRejection.None)
            {
                rejection = SipRejection.InvalidHeaderName;
            }

            position = end + 2;
        }

        return rejection;
    }

    /// <summary>The end of a field: the first line end that no white space follows (RFC 3261 section 7.3.1).</summary>
    private static int FindFieldEnd(ReadOnlySpan<byte> bytes, int start, ref SipRejection rejection)
    {
        var position = start;
        while (true)
        {
            var index = bytes[position..].IndexOfAny((byte)'\r', (byte)'\n');
            if (index < 0)
            {
                return bytes.Length;
            }

            position += index;
            var isLineEnd = bytes[position] == '\r' && position + 1 < bytes.Length && bytes[position + 1] == '\n';
            if (!isLineEnd)
            {
                rejection = SipRejection.InvalidLineEnd;
                position++;
                continue;
            }

            if (position == start || position + 2 >= bytes.Length || !SipChars.IsWhiteSpace(bytes[position + 2]))
            {
                return position;
            }

            position += 2;
        }
    }

    private static bool TryReadField(ReadOnlySpan<byte> line, int offset, ref SlotBuffer slots)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0)
        {
            return false;
        }

        var name = line[..colon].TrimEnd(" \t"u8);
        if (!SipChars.IsToken(name) || name.Length > ushort.MaxValue)
        {
            return false;
        }

        var value = line[(colon + 1)..];
        var trimmed = value.TrimStart(" \t\r\n"u8);
        var valueStart = colon + 1 + value.Length - trimmed.Length;
        var length = trimmed.TrimEnd(" \t\r\n"u8).Length;
        slots.Add(new HeaderSlot(HeaderNames.IdOf(name), offset, name.Length, offset + valueStart, length));
        return true;
    }
}
