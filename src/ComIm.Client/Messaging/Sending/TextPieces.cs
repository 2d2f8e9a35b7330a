using System.Globalization;
using System.Text;

namespace ComIm.Client.Messaging.Sending;

/// <summary>Cuts a text into pieces of some bytes of UTF-8, between words where it can, never inside what people see as one character.</summary>
internal static class TextPieces
{
    public static IReadOnlyList<string> Cut(string text, int maxBytes)
    {
        var pieces = new List<string>();
        var (start, length, bytes) = (0, 0, 0);
        var (wordEnd, bytesAtWordEnd) = (0, 0);
        while (start + length < text.Length)
        {
            var element = ElementLength(text.AsSpan(start + length), maxBytes);
            var size = Encoding.UTF8.GetByteCount(text.AsSpan(start + length, element));
            if (bytes + size > maxBytes)
            {
                // A word longer than half a piece is cut: pieces should not be mostly empty.
                var (cut, cutBytes) = bytesAtWordEnd > maxBytes / 2 ? (wordEnd, bytesAtWordEnd) : (length, bytes);
                pieces.Add(text.Substring(start, cut));
                (start, length, bytes) = (start + cut, length - cut, bytes - cutBytes);
                (wordEnd, bytesAtWordEnd) = (0, 0);
            }

            var isSpace = char.IsWhiteSpace(text[start + length]);
            length += element;
            bytes += size;
            (wordEnd, bytesAtWordEnd) = isSpace ? (length, bytes) : (wordEnd, bytesAtWordEnd);
        }

        pieces.Add(text[start..]);
        return pieces;
    }

    // A letter under more marks than fit a piece is cut between scalar values.
    private static int ElementLength(ReadOnlySpan<char> text, int maxBytes)
    {
        var length = StringInfo.GetNextTextElementLength(text);
        if (Encoding.UTF8.GetByteCount(text[..length]) <= maxBytes)
        {
            return length;
        }

        Rune.DecodeFromUtf16(text, out _, out var one);
        return one;
    }
}
