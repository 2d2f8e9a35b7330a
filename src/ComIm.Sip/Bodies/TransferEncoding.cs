using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace ComIm.Sip.Bodies;

/// <summary>
/// Undoes the Content-Transfer-Encoding of a part (RFC 2045 section 6). SIP carries bytes as they are, but mail programs'
/// libraries make parts too. What comes out is never longer than what goes in.
/// </summary>
internal static class TransferEncoding
{
    public static BodyRejection Undo(string? name, ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> decoded)
    {
        decoded = bytes;
        return name?.Trim().ToLowerInvariant() switch
        {
            null or "7bit" or "8bit" or "binary" => BodyRejection.None,
            "base64" => DecodeBase64(bytes.Span, out decoded),
            "quoted-printable" => DecodeQuotedPrintable(bytes.Span, out decoded),
            _ => BodyRejection.UnsupportedTransferEncoding,
        };
    }

    private static BodyRejection DecodeBase64(ReadOnlySpan<byte> bytes, out ReadOnlyMemory<byte> decoded)
    {
        var buffer = new byte[Base64.GetMaxDecodedFromUtf8Length(bytes.Length) + 3];
        var status = Base64.DecodeFromUtf8(bytes, buffer, out _, out var written);
        decoded = buffer.AsMemory(0, written);
        return status == OperationStatus.Done ? BodyRejection.None : BodyRejection.CorruptTransferEncoding;
    }

    private static BodyRejection DecodeQuotedPrintable(ReadOnlySpan<byte> bytes, out ReadOnlyMemory<byte> decoded)
    {
        var buffer = new byte[bytes.Length];
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '=')
            {
                buffer[length++] = bytes[i];
            }
            else if (SoftBreakLength(bytes[(i + 1)..]) is var skipped and > 0)
            {
                i += skipped;
            }
            else if (i + 2 < bytes.Length && byte.TryParse(
                bytes.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out buffer[length]))
            {
                length++;
                i += 2;
            }
            else
            {
                decoded = default;
                return BodyRejection.CorruptTransferEncoding;
            }
        }

        decoded = buffer.AsMemory(0, length);
        return BodyRejection.None;
    }

    // "=" at the end of a line joins it with the next; white space between is padding of a transport.
    private static int SoftBreakLength(ReadOnlySpan<byte> rest)
    {
        var padding = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        return padding >= 0 && rest[padding..].StartsWith("\r\n"u8) ? padding + 2 : 0;
    }
}
