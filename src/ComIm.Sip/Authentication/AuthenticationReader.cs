using ComIm.Sip.Messages;

namespace ComIm.Sip.Authentication;

/// <summary>
/// Reads lists of challenges (RFC 9110 section 11.6.1). A comma separates both parameters and challenges; a token that no
/// equals sign follows begins the next challenge.
/// </summary>
internal ref struct AuthenticationReader(string? text)
{
    private readonly List<AuthenticationParameters> _result = [];
    private ReadOnlySpan<char> _rest = SipChars.Trim(text);
    private bool _hasSpace;

    public readonly IReadOnlyList<AuthenticationParameters> Result => _result;

    /// <summary>Reads challenges; false where something in the list cannot be read.</summary>
    public bool ReadSchemes()
    {
        while (SkipSeparators())
        {
            var isFirst = _result.Count == 0;
            if (!TryReadToken(out var token))
            {
                return false;
            }

            if (_rest is ['=', ..] && !isFirst)
            {
                if (!TryReadValue(token))
                {
                    return false;
                }
            }
            else if (!TryReadScheme(token))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads parameters only.</summary>
    public bool ReadParameters()
    {
        _result.Add(new AuthenticationParameters(string.Empty));
        while (SkipSeparators())
        {
            if (!TryReadToken(out var name) || !TryReadValue(name))
            {
                return false;
            }
        }

        return true;
    }

    private bool SkipSeparators()
    {
        _rest = _rest.TrimStart(" \t,");
        return !_rest.IsEmpty;
    }

    private bool TryReadToken(out string token)
    {
        var length = _rest.IndexOfAnyExcept(SipChars.TokenText);
        length = length < 0 ? _rest.Length : length;
        token = _rest[..length].ToString();
        _hasSpace = length < _rest.Length && _rest[length] is (' ' or '\t');
        _rest = _rest[length..].TrimStart(" \t");
        return length > 0;
    }

    // A scheme stands alone, before a comma, or with white space before what belongs to it.
    private bool TryReadScheme(string scheme)
    {
        if (!_rest.IsEmpty && _rest[0] != ',' && !_hasSpace)
        {
            return false;
        }

        var value = new AuthenticationParameters(scheme);
        _result.Add(value);
        var end = _rest.IndexOf(',');
        var item = SipChars.Trim(end < 0 ? _rest : _rest[..end]);
        if (IsToken68(item))
        {
            value.Token = item.ToString();
            _rest = end < 0 ? default : _rest[end..];
            return true;
        }

        return item.IsEmpty || (TryReadToken(out var name) && TryReadValue(name));
    }

    private bool TryReadValue(string name)
    {
        if (_rest is not ['=', ..])
        {
            return false;
        }

        _rest = _rest[1..].TrimStart(" \t");
        var quoted = _rest is ['"', ..];
        var length = quoted ? QuotedString.LengthOf(_rest) : _rest.IndexOf(',') is >= 0 and var comma ? comma : _rest.Length;
        if (length <= 0)
        {
            return false;
        }

        var value = quoted ? QuotedString.Unquote(_rest[..length]) : SipChars.Trim(_rest[..length]).ToString();
        _rest = _rest[length..].TrimStart(" \t");
        return value.AsSpan().IndexOfAny(SipChars.LineBreaking) < 0
            && (quoted || (value.Length > 0 && value.AsSpan().IndexOfAny(" \t\"") < 0))
            && _rest is ([] or [',', ..])
            && _result[^1].TryAdd(name, value);
    }

    // token68 of RFC 9110 section 11.2: base64 and its like, with equals signs at the end only. "a=" could be a parameter
    // without its value, which no scheme has.
    private static bool IsToken68(ReadOnlySpan<char> text)
    {
        var body = text.TrimEnd('=');
        foreach (var c in body)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_' or '~' or '+' or '/'))
            {
                return false;
            }
        }

        return !body.IsEmpty;
    }
}
