namespace ComIm.Sip.Messages;

/// <summary>name-addr or addr-spec with header parameters: From, To, Contact, Route … (RFC 3261 section 20.10).</summary>
public sealed class NameAddress
{
    /// <summary>Makes an address.</summary>
    /// <param name="uri">The URI.</param>
    /// <param name="displayName">The name shown to people, unquoted; null for none.</param>
    /// <param name="parameters">The header parameters.</param>
    public NameAddress(SipUri uri, string? displayName = null, ParameterList parameters = default)
        : this(displayName, uri?.ToString() ?? throw new ArgumentNullException(nameof(uri)), parameters)
    {
    }

    private NameAddress(string? displayName, string uriText, ParameterList parameters)
    {
        DisplayName = displayName;
        UriText = uriText;
        Parameters = parameters.Text is null ? ParameterList.Empty : parameters;
    }

    /// <summary>The name shown to people, unquoted, or null.</summary>
    public string? DisplayName { get; }

    /// <summary>The URI as text; it need not be a SIP URI.</summary>
    public string UriText { get; }

    /// <summary>The URI, or null where it is not a SIP or SIPS URI.</summary>
    public SipUri? Uri => SipUri.TryParse(UriText, out var uri) ? uri : null;

    /// <summary>The header parameters.</summary>
    public ParameterList Parameters { get; }

    /// <summary>The tag parameter, or null.</summary>
    public string? Tag => Parameters.Get("tag");

    /// <summary>Reads an address.</summary>
    /// <param name="text">One value.</param>
    /// <param name="value">The address, where it is one.</param>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out NameAddress? value)
    {
        value = null;
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
            if (displayName is not null || uri.ContainsAny("?,"))
            {
                return false;
            }
        }

        if (!IsAbsoluteUri(uri) || rest is not ([] or [';', ..]))
        {
            return false;
        }

        var parameters = new ParameterList(rest.ToString());
        value = new NameAddress(displayName, uri.ToString(), parameters);
        return parameters.IsWellFormed;
    }

    /// <summary>The address with a header parameter set.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parameterValue">Its value; null for none.</param>
    public NameAddress With(string name, string? parameterValue) => new(DisplayName, UriText, Parameters.With(name, parameterValue));

    /// <summary>As it stands in a header; the URI is always in brackets.</summary>
    public override string ToString() =>
        (DisplayName is null ? "<" : QuotedString.Quote(DisplayName) + " <") + UriText + ">" + Parameters.Text;

    internal static bool HasTag(string headerValue) => TryParse(headerValue, out var address) && address.Tag is not null;

    private static bool TryReadDisplayName(ref ReadOnlySpan<char> text, out string? name)
    {
        name = null;
        if (text[0] == '"')
        {
            var length = QuotedString.LengthOf(text);
            if (length < 0)
            {
                return false;
            }

            name = QuotedString.Unquote(text[..length]);
            text = SipChars.Trim(text[length..]);
            return text is ['<', ..];
        }

        var bracket = text.IndexOf('<');
        if (bracket > 0)
        {
            var words = SipChars.Trim(text[..bracket]);
            foreach (var word in words.Split(' '))
            {
                if (words[word].ContainsAnyExcept(SipChars.TokenText) && !words[word].Contains('\t') && !HasOnlyTokensAndUtf8(words[word]))
                {
                    return false;
                }
            }

            name = words.IsEmpty ? null : words.ToString();
            text = text[bracket..];
        }

        return true;
    }

    // The grammar wants other scripts in quotes; peers leave the quotes out, and nothing is ambiguous about it.
    private static bool HasOnlyTokensAndUtf8(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (c < 128 && !SipChars.TokenText.Contains(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAbsoluteUri(ReadOnlySpan<char> uri)
    {
        var colon = uri.IndexOf(':');
        if (uri is "*")
        {
            return true;
        }

        return colon > 0 && colon < uri.Length - 1 && char.IsAsciiLetter(uri[0]) && !uri.ContainsAny(" \t\"<>");
    }
}
