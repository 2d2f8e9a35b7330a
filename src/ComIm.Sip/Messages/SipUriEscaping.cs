using System.Buffers;
using System.Globalization;
using System.Text;

namespace ComIm.Sip.Messages;

/// <summary>Percent escapes in the user part (RFC 3261 section 19.1.2).</summary>
internal static class SipUriEscaping
{
    // unreserved and user-unreserved of section 25.1
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()&=+$,;?/");

    public static string EscapeUser(string user)
    {
        if (!user.AsSpan().ContainsAnyExcept(Plain))
        {
            return user;
        }

        var text = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(user))
        {
            if (b < 128 && Plain.Contains((char)b))
            {
                text.Append((char)b);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return text.ToString();
    }

    public static string Unescape(string text) => text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;

    /// <summary>Whether every percent sign begins an escape.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        for (var i = text.IndexOf('%'); i >= 0 && i < text.Length; i++)
        {
            if (text[i] == '%' && (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])))
            {
                return false;
            }
        }

        return true;
    }
}
