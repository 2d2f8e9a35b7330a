using System.Buffers;

namespace ComIm.Sip.Messages;

/// <summary>The character classes of RFC 3261 section 25.1.</summary>
internal static class SipChars
{
    /// <summary>token: alphanumeric or one of - . ! % * _ + ` ' ~</summary>
    public static readonly SearchValues<byte> Token =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~"u8);

    /// <summary>The same for text.</summary>
    public static readonly SearchValues<char> TokenText =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~");

    /// <summary>word, of which callid is made: token and ( ) &lt; &gt; : \ " / [ ] ? { }, with @ between.</summary>
    public static readonly SearchValues<byte> CallId =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~()<>:\\\"/[]?{}@"u8);

    /// <summary>What may never stand in a header value that we write: it would begin a line of its own.</summary>
    public static readonly SearchValues<char> LineBreaking = SearchValues.Create("\r\n\0");

    /// <summary>What stands in no URI unescaped.</summary>
    public static readonly SearchValues<char> NeverInUri = SearchValues.Create(" \t\r\n\0<>\"");

    public static bool IsToken(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(Token);

    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenText);

    public static bool IsWhiteSpace(byte b) => b is (byte)' ' or (byte)'\t';

    /// <summary>Removes SP and HTAB at both ends, and folds' line ends with them.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8);

    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => text.Trim(" \t");
}
