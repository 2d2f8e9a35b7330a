using System.Text;

namespace ComIm.Sip.Messages;

/// <summary>quoted-string of RFC 3261 section 25.1: text in double quotes, where a backslash escapes one character.</summary>
public static class QuotedString
{
    /// <summary>Puts text in quotes.</summary>
    /// <param name="text">The text.</param>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\')
            {
                quoted.Append('\\');
            }

            quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Takes text out of its quotes.</summary>
    /// <param name="quoted">Text that begins and ends with a quote.</param>
    public static string Unquote(ReadOnlySpan<char> quoted)
    {
        var inner = quoted[1..^1];
        if (!inner.Contains('\\'))
        {
            return inner.ToString();
        }

        var text = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\\' && i + 1 < inner.Length)
            {
                i++;
            }

            text.Append(inner[i]);
        }

        return text.ToString();
    }

    /// <summary>The length of the quoted string that a text begins with, quotes included; or -1 where it does not end.</summary>
    internal static int LengthOf(ReadOnlySpan<char> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i + 1;
            }
        }

        return -1;
    }
}
