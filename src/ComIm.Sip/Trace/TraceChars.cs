using System.Text;

namespace ComIm.Sip.Trace;

/// <summary>
/// Makes text from the network harmless: it can neither begin a line of its own, nor move a terminal's cursor, nor turn the
/// direction in which a line is read.
/// </summary>
internal static class TraceChars
{
    /// <summary>One line of it.</summary>
    public static string OneLine(string text)
    {
        var first = IndexOfHarmful(text);
        if (first < 0)
        {
            return text;
        }

        var clean = new StringBuilder(text, 0, first, text.Length);
        foreach (var c in text.AsSpan(first))
        {
            clean.Append(c == '\t' ? ' ' : IsHarmful(c) ? '\uFFFD' : c);
        }

        return clean.ToString();
    }

    /// <summary>Its lines, each harmless.</summary>
    public static IEnumerable<string> Lines(string text)
    {
        foreach (var line in text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n'))
        {
            yield return OneLine(line);
        }
    }

    private static int IndexOfHarmful(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsHarmful(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    // C0, C1, line and paragraph separators, marks and overrides of direction, the byte order mark.
    private static bool IsHarmful(char c) => char.IsControl(c)
        || c is '\u2028' or '\u2029' or '\u200E' or '\u200F' or '\u061C' or '\uFEFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
