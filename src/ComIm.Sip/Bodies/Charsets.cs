using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ComIm.Sip.Bodies;

/// <summary>From bytes to text, by the charset parameter of a text type.</summary>
public static class Charsets
{
    // Part of the framework, though not of Encoding.GetEncoding without being registered for the whole process.
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>
    /// Decodes text. Bytes that the charset does not know become U+FFFD: a text with one broken letter is still worth
    /// reading. A byte order mark is obeyed where it fits the charset, and is not part of the text.
    /// </summary>
    /// <param name="bytes">The text's bytes.</param>
    /// <param name="charset">Its name; null means UTF-8 (RFC 3261 section 7.4.1).</param>
    /// <param name="text">The text.</param>
    /// <returns>False where the charset is not known here.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, string? charset, [NotNullWhen(true)] out string? text)
    {
        text = Find(charset, bytes) is { } encoding ? encoding.GetString(WithoutMark(bytes, encoding)) : null;
        return text is not null;
    }

    /// <summary>Whether a charset can be decoded.</summary>
    /// <param name="charset">Its name; null means UTF-8.</param>
    public static bool IsKnown(string? charset) => Find(charset, default) is not null;

    private static Encoding? Find(string? charset, ReadOnlySpan<byte> bytes) => charset?.Trim().ToLowerInvariant() switch
    {
        null or "" => ByMark(bytes) ?? Encoding.UTF8,

        // What is called ASCII and is not is UTF-8 in practice; ASCII is part of it.
        "utf-8" or "utf8" or "us-ascii" or "ascii" => Encoding.UTF8,
        "iso-8859-1" or "iso_8859-1" or "latin1" => Encoding.Latin1,
        "windows-1252" or "cp1252" => Windows1252,

        // Without a mark the order is that of the network (RFC 2781 section 4.3).
        "utf-16" => ByMark(bytes) is UnicodeEncoding marked ? marked : Encoding.BigEndianUnicode,
        "utf-16be" => Encoding.BigEndianUnicode,
        "utf-16le" => Encoding.Unicode,
        _ => null,
    };

    // Neither mark of UTF-16 can begin a text in UTF-8.
    private static Encoding? ByMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        var mark = encoding.Preamble;
        return !mark.IsEmpty && bytes.StartsWith(mark) ? bytes[mark.Length..] : bytes;
    }
}
