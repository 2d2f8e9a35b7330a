using ComIm.Sip.Messages;

namespace ComIm.Sip.Bodies;

/// <summary>Reads the header fields that a part begins with (RFC 2046 section 5.1).</summary>
internal static class PartHeaders
{
    /// <summary>Reads them.</summary>
    /// <param name="part">The part: fields, an empty line, the content. Without the empty line there is no content.</param>
    /// <param name="limits">What is too much; a part's header is bounded like a message's.</param>
    /// <param name="headers">The fields.</param>
    /// <param name="length">How many bytes they take, the empty line included.</param>
    public static BodyRejection Read(ReadOnlySpan<byte> part, SipLimits limits, out HeaderCollection headers, out int length)
    {
        headers = new HeaderCollection(capacity: 4);
        length = 0;
        while (length < part.Length)
        {
            if (part[length..].StartsWith("\r\n"u8))
            {
                length += 2;
                return BodyRejection.None;
            }

            var fieldLength = FieldLength(part[length..]);
            if (length + fieldLength > limits.MaxHeadLength || headers.Count == limits.MaxHeaderCount)
            {
                return BodyRejection.PartHeaderTooLong;
            }

            if (!TryAdd(part.Slice(length, fieldLength), headers))
            {
                return BodyRejection.InvalidPartHeader;
            }

            length = Math.Min(part.Length, length + fieldLength + 2);
        }

        return BodyRejection.None;
    }

    /// <summary>Up to the line end that no white space follows: a line that begins with it continues the field.</summary>
    private static int FieldLength(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        while (true)
        {
            var end = bytes[position..].IndexOf("\r\n"u8);
            if (end < 0)
            {
                return bytes.Length;
            }

            position += end + 2;
            if (position == bytes.Length || !SipChars.IsWhiteSpace(bytes[position]))
            {
                return position - 2;
            }
        }
    }

    private static bool TryAdd(ReadOnlySpan<byte> field, HeaderCollection headers)
    {
        var colon = field.IndexOf((byte)':');
        if (colon < 0 || !SipChars.IsToken(SipChars.Trim(field[..colon])))
        {
            return false;
        }

        var value = HeaderText.Decode(SipChars.Trim(field[(colon + 1)..]));
        if (value.AsSpan().ContainsAny(SipChars.LineBreaking))
        {
            return false;
        }

        headers.Add(System.Text.Encoding.ASCII.GetString(SipChars.Trim(field[..colon])), value);
        return true;
    }
}
