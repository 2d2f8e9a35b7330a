namespace ComIm.Sip.Messages;

/// <summary>Parameters as they stand in a text: empty, or each behind a semicolon.</summary>
internal static class ParameterText
{
    /// <summary>Finds a parameter; the value is as it stands there, quotes included.</summary>
    public static bool TryFind(ReadOnlySpan<char> text, string name, out ReadOnlySpan<char> value, out int start, out int end)
    {
        for (start = 0; start < text.Length; start = end)
        {
            end = EndOf(text, start);
            var item = text[(start + 1)..end];
            var equals = item.IndexOf('=');
            if (SipChars.Trim(equals < 0 ? item : item[..equals]).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                value = equals < 0 ? default : SipChars.Trim(item[(equals + 1)..]);
                return true;
            }
        }

        value = default;
        end = start;
        return false;
    }

    /// <summary>True where every parameter has a name and every quoted value an end.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text) =>
        text.IndexOfAny('"', '<', '>') < 0 ? HasNames(text) : HasNamesAndEnds(text);

    /// <summary>Without quotes and brackets every semicolon begins a parameter, whose name begins with its first character.</summary>
    private static bool HasNames(ReadOnlySpan<char> text)
    {
        var isOpen = false;
        foreach (var c in text)
        {
            if (c == ';')
            {
                if (isOpen)
                {
                    return false;
                }

                isOpen = true;
            }
            else if (isOpen && c is not (' ' or '\t'))
            {
                if (c == '=')
                {
                    return false;
                }

                isOpen = false;
            }
        }

        return !isOpen;
    }

    private static bool HasNamesAndEnds(ReadOnlySpan<char> text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = EndOf(text, start);
            var item = SipChars.Trim(text[(start + 1)..end]);
            var equals = item.IndexOf('=');
            var value = equals < 0 ? default : SipChars.Trim(item[(equals + 1)..]);
            if (item.IsEmpty || equals == 0 || (value is ['"', ..] && QuotedString.LengthOf(value) != value.Length))
            {
                return false;
            }

            start = end;
        }

        return true;
    }

    /// <summary>Where the parameter that begins at a position ends.</summary>
    public static int EndOf(ReadOnlySpan<char> text, int start)
    {
        var next = HeaderValueList.IndexOfOutside(text[(start + 1)..], ';');
        return next < 0 ? text.Length : start + 1 + next;
    }
}
