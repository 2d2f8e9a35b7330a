using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace ComIm.Sip.Bodies;

/// <summary>Undoes one content coding (RFC 3261 section 20.12, RFC 9110 section 8.4.1), never beyond a given length.</summary>
internal static class ContentCoding
{
    private const int GzipFrameLength = 18;

    public static bool IsKnown(string name) => IsIdentity(name) || IsGzip(name) || IsDeflate(name);

    public static bool IsIdentity(string name) => name.Equals("identity", StringComparison.OrdinalIgnoreCase);

    /// <summary>Undoes a known coding.</summary>
    /// <param name="name">The coding.</param>
    /// <param name="bytes">What is coded.</param>
    /// <param name="maxLength">The bound; reaching beyond it is <see cref="BodyRejection.InflatedTooLong"/>.</param>
    /// <param name="inflated">The content.</param>
    public static BodyRejection Undo(string name, ReadOnlyMemory<byte> bytes, int maxLength, out ReadOnlyMemory<byte> inflated)
    {
        inflated = bytes;
        if (IsIdentity(name))
        {
            return BodyRejection.None;
        }

        if (IsGzip(name))
        {
            return InflateGzip(bytes, maxLength, out inflated);
        }

        // "deflate" means the zlib format; as many peers send the bare one. Two bytes tell, but for a few bare streams
        // that begin like a zlib header by chance, so what fails as zlib is tried again.
        if (HasZlibHeader(bytes.Span))
        {
            var rejection = Inflate(s => new ZLibStream(s, CompressionMode.Decompress), bytes, maxLength, mayEndInput: false, out inflated);
            if (rejection != BodyRejection.CorruptEncoding)
            {
                return rejection;
            }
        }

        return Inflate(s => new DeflateStream(s, CompressionMode.Decompress), bytes, maxLength, mayEndInput: false, out inflated);
    }

    private static bool IsGzip(string name) =>
        name.Equals("gzip", StringComparison.OrdinalIgnoreCase) || name.Equals("x-gzip", StringComparison.OrdinalIgnoreCase);

    private static bool IsDeflate(string name) => name.Equals("deflate", StringComparison.OrdinalIgnoreCase);

    // RFC 1950 section 2.2: method 8, a window of at most 32 KiB, and a check that makes the two bytes a multiple of 31.
    private static bool HasZlibHeader(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 2 && (bytes[0] & 0x0f) == 8 && bytes[0] >> 4 <= 7 && BinaryPrimitives.ReadUInt16BigEndian(bytes) % 31 == 0;

    private static BodyRejection InflateGzip(ReadOnlyMemory<byte> bytes, int maxLength, out ReadOnlyMemory<byte> inflated)
    {
        inflated = default;
        if (bytes.Length < GzipFrameLength)
        {
            return BodyRejection.CorruptEncoding;
        }

        // A decompressor looks for a further member at the end, so an exhausted input says nothing here. The length in
        // the trailer does (RFC 1952 section 2.3.1); a second member, which no peer sends, is refused with it.
        var rejection = Inflate(s => new GZipStream(s, CompressionMode.Decompress), bytes, maxLength, mayEndInput: true, out inflated);
        return rejection == BodyRejection.None && BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[^4..]) != inflated.Length
            ? BodyRejection.CorruptEncoding
            : rejection;
    }

    private static BodyRejection Inflate(
        Func<Stream, Stream> open, ReadOnlyMemory<byte> bytes, int maxLength, bool mayEndInput, out ReadOnlyMemory<byte> inflated)
    {
        inflated = default;
        using var source = InflateSource.Of(bytes);
        using var stream = open(source);
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            var length = 0;
            while (true)
            {
                if (length == buffer.Length)
                {
                    buffer = Grow(buffer);
                }

                var count = stream.Read(buffer, length, buffer.Length - length);
                if (count == 0)
                {
                    break;
                }

                length += count;
                if (length > maxLength)
                {
                    return BodyRejection.InflatedTooLong;
                }
            }

            if (source.IsExhausted && !mayEndInput)
            {
                return BodyRejection.CorruptEncoding;
            }

            inflated = buffer.AsSpan(0, length).ToArray();
            return BodyRejection.None;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // The latter where a zlib stream asks for a dictionary that nobody agreed on.
            return BodyRejection.CorruptEncoding;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger.AsSpan());
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
