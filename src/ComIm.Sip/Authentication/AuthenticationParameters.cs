using ComIm.Sip.Messages;

namespace ComIm.Sip.Authentication;

/// <summary>A challenge or credentials: a scheme and its parameters (RFC 3261 section 25.1, RFC 7616 section 3.3).</summary>
public sealed class AuthenticationParameters
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private AuthenticationParameters(string scheme) => Scheme = scheme;

    /// <summary>The scheme: Digest, NTLM …</summary>
    public string Scheme { get; }

    /// <summary>A parameter, quotes removed; null where it is absent.</summary>
    /// <param name="name">Its name, in any case.</param>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Reads one header value.</summary>
    /// <param name="text">The value of WWW-Authenticate, Proxy-Authenticate, Authorization or Proxy-Authorization.</param>
    /// <param name="value">What it says, where it can be read.</param>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AuthenticationParameters? value)
    {
        value = null;
        var rest = text.AsSpan().Trim();
        var space = rest.IndexOfAny(' ', '\t');
        if (space <= 0 || !SipChars.IsToken(rest[..space]))
        {
            return false;
        }

        var parameters = new AuthenticationParameters(rest[..space].ToString());
        rest = rest[space..];
        while (!(rest = rest.TrimStart(" \t,")).IsEmpty)
        {
            // A parameter that stands twice would leave open which one was meant.
            if (!TryReadParameter(ref rest, out var name, out var item) || !parameters._values.TryAdd(name, item))
            {
                return false;
            }
        }

        value = parameters;
        return true;
    }

    private static bool TryReadParameter(ref ReadOnlySpan<char> text, out string name, out string value)
    {
        (name, value) = (string.Empty, string.Empty);
        var equals = text.IndexOf('=');
        if (equals <= 0 || !SipChars.IsToken(text[..equals].Trim()))
        {
            return false;
        }

        name = text[..equals].Trim().ToString();
        text = text[(equals + 1)..].TrimStart();
        if (text is ['"', ..])
        {
            var length = QuotedString.LengthOf(text);
            if (length < 0)
            {
                return false;
            }

            value = QuotedString.Unquote(text[..length]);
            text = text[length..];
            return true;
        }

        var end = text.IndexOf(',');
        value = (end < 0 ? text : text[..end]).Trim().ToString();
        text = end < 0 ? default : text[end..];
        return value.Length > 0;
    }
}
