namespace ComIm.Sip.Messages;

/// <summary>The parts of a name-addr or addr-spec as they stand in its text (RFC 3261 section 25.1), found without allocating.</summary>
internal readonly ref struct NameAddressParts
{
    private NameAddressParts(ReadOnlySpan<char> displayName, ReadOnlySpan<char> uri, ReadOnlySpan<char> parameters)
    {
        DisplayName = displayName;
        Uri = uri;
        Parameters = parameters;
    }

    /// <summary>As it stands there, quotes included; empty where there is none.</summary>
    public ReadOnlySpan<char> DisplayName { get; }

    public ReadOnlySpan<char> Uri { get; }

    /// <summary>Empty, or beginning with a semicolon.</summary>
    public ReadOnlySpan<char> Parameters { get; }

    public static bool TryRead(ReadOnlySpan<char> text, out NameAddressParts parts)
    {
        parts = default;
        var rest = SipChars.Trim(text);
        if (rest.IsEmpty || !TryReadDisplayName(ref rest, out var displayName))
        {
            return false;
        }

        ReadOnlySpan<char> uri;
        if (rest is ['<', ..])
        {
            var end = rest.IndexOf('>');
            if (end < 0)
            {
                return false;
            }

            uri = rest[1..end];
            rest = SipChars.Trim(rest[(end + 1)..]);
        }
        else
        {
            // Without brackets, semicolons begin header parameters, and commas and question marks may not stand.
            var semicolon = rest.IndexOf(';');
            uri = SipChars.Trim(semicolon < 0 ? rest : rest[..semicolon]);
            rest = semicolon < 0 ? default : rest[semicolon..];
            if (uri.ContainsAny('?', ','))
            {
                return false;
            }
        }

        parts = new NameAddressParts(displayName, uri, rest);
        return IsAbsoluteUri(uri) && rest is [] or [';', ..] && ParameterText.IsWellFormed(rest);
    }

    private static bool TryReadDisplayName(scoped ref ReadOnlySpan<char> text, out ReadOnlySpan<char> name)
    {
        name = default;
        if (text[0] == '"')
        {
            var length = QuotedString.LengthOf(text);
            if (length < 0)
            {
                return false;
            }

            name = text[..length];
            text = SipChars.Trim(text[length..]);
            return text is ['<', ..];
        }

        var bracket = text.IndexOf('<');
        if (bracket > 0)
        {
            name = SipChars.Trim(text[..bracket]);
            text = text[bracket..];
            return IsTokens(name);
        }

        return true;
    }

    // The grammar wants other scripts in quotes; peers leave the quotes out, and nothing is ambiguous about it.
    private static bool IsTokens(ReadOnlySpan<char> words)
    {
        foreach (var c in words)
        {
            if (c < 128 && c is not (' ' or '\t') && !SipChars.TokenText.Contains(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAbsoluteUri(ReadOnlySpan<char> uri)
    {
        var colon = uri.IndexOf(':');
        return uri is "*" || (colon > 0 && colon < uri.Length - 1 && char.IsAsciiLetter(uri[0]) && !uri.ContainsAny(SipChars.NeverInUri));
    }
}
