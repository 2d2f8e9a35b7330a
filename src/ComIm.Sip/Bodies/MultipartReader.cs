using System.Text;

namespace ComIm.Sip.Bodies;

/// <summary>
/// Finds the parts of a multipart (RFC 2046 section 5.1.1). What stands before the first delimiter line and behind the
/// closing one is passed over. A delimiter line is one that holds the boundary and nothing else but padding: the outer
/// boundary may begin like an inner one. Where the closing line is missing, the last part goes to the end of the body,
/// whose length Content-Length has settled.
/// </summary>
internal static class MultipartReader
{
    /// <summary>Splits a multipart.</summary>
    /// <param name="body">Its bytes.</param>
    /// <param name="boundary">The boundary parameter.</param>
    /// <param name="maxParts">The most parts that are taken.</param>
    /// <param name="parts">The parts, each with its header.</param>
    public static BodyRejection Split(ReadOnlyMemory<byte> body, string? boundary, int maxParts, List<ReadOnlyMemory<byte>> parts)
    {
        if (!IsValid(boundary))
        {
            return BodyRejection.InvalidBoundary;
        }

        var bytes = body.Span;
        var dashBoundary = Encoding.ASCII.GetBytes("--" + boundary);
        var partStart = -1;
        for (var position = 0; TryFindDelimiter(bytes, dashBoundary, position, out var delimiter); position = delimiter.End)
        {
            if (partStart >= 0 && !TryAdd(body, partStart, delimiter.Start, maxParts, parts))
            {
                return BodyRejection.TooManyParts;
            }

            partStart = delimiter.IsClosing ? -1 : delimiter.End;
            if (delimiter.IsClosing)
            {
                break;
            }
        }

        // A delimiter line as the very last thing begins no part.
        if (partStart >= 0 && partStart < bytes.Length && !TryAdd(body, partStart, bytes.Length, maxParts, parts))
        {
            return BodyRejection.TooManyParts;
        }

        return parts.Count == 0 ? BodyRejection.NoParts : BodyRejection.None;
    }

    /// <summary>1 to 70 characters of ASCII, not ending in a space (RFC 2046 section 5.1.1).</summary>
    public static bool IsValid(string? boundary) =>
        boundary is { Length: > 0 and <= 70 } && boundary[^1] != ' ' && !boundary.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static bool TryAdd(ReadOnlyMemory<byte> body, int start, int end, int maxParts, List<ReadOnlyMemory<byte>> parts)
    {
        if (parts.Count == maxParts)
        {
            return false;
        }

        // The line end of an empty part's delimiter line is also the one before the next.
        parts.Add(body[start..Math.Max(start, end)]);
        return true;
    }

    private static bool TryFindDelimiter(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> dashBoundary, int position, out Delimiter delimiter)
    {
        while (true)
        {
            var index = bytes[position..].IndexOf(dashBoundary);
            if (index < 0)
            {
                delimiter = default;
                return false;
            }

            position += index;
            if (IsLineStart(bytes, position) && TryReadLine(bytes, position, dashBoundary.Length, out delimiter))
            {
                return true;
            }

            position++;
        }
    }

    private static bool IsLineStart(ReadOnlySpan<byte> bytes, int position) =>
        position == 0 || (position >= 2 && bytes[position - 2] == '\r' && bytes[position - 1] == '\n');

    private static bool TryReadLine(ReadOnlySpan<byte> bytes, int start, int length, out Delimiter delimiter)
    {
        var rest = bytes[(start + length)..];
        var closes = rest.StartsWith("--"u8);
        rest = (closes ? rest[2..] : rest).TrimStart(" \t"u8);
        var hasLineEnd = rest.StartsWith("\r\n"u8);
        delimiter = new Delimiter(start - 2, bytes.Length - rest.Length + (hasLineEnd ? 2 : 0), closes);
        return hasLineEnd || rest.IsEmpty;
    }

    /// <summary>A delimiter line with the line end before it, which belongs to it and not to the part.</summary>
    private readonly record struct Delimiter(int Start, int End, bool IsClosing);
}
