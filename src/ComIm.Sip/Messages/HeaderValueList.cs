namespace ComIm.Sip.Messages;

/// <summary>Values separated by commas, where quoted strings and angle brackets may hold commas of their own.</summary>
internal static class HeaderValueList
{
    public static int IndexOfComma(ReadOnlySpan<char> text) => IndexOfOutside(text, ',');

    /// <summary>The first place of a separator that is neither in a quoted string nor in angle brackets; or -1.</summary>
    public static int IndexOfOutside(ReadOnlySpan<char> text, char separator)
    {
        // Most values have neither quotes nor brackets in front of a separator.
        var first = text.IndexOf(separator);
        if (first < 0 || text[..first].IndexOfAny('"', '<', '>') < 0)
        {
            return first;
        }

        var quoted = false;
        var bracketed = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c == '\\')
                {
                    i++;
                }
                else if (c == '"')
                {
                    quoted = false;
                }
            }
            else if (c == '"' && !bracketed)
            {
                quoted = true;
            }
            else if (c is '<' or '>')
            {
                bracketed = c == '<';
            }
            else if (c == separator && !bracketed)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Adds each value of one field to a list; empty ones are passed over.</summary>
    public static void Split(string text, List<string> values)
    {
        var rest = text.AsSpan();
        while (true)
        {
            var comma = IndexOfComma(rest);
            var value = SipChars.Trim(comma < 0 ? rest : rest[..comma]);
            if (!value.IsEmpty)
            {
                values.Add(value.Length == text.Length ? text : value.ToString());
            }

            if (comma < 0)
            {
                return;
            }

            rest = rest[(comma + 1)..];
        }
    }
}
