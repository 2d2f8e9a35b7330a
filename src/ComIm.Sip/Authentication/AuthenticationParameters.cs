using System.Diagnostics.CodeAnalysis;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Authentication;

/// <summary>A challenge or credentials: a scheme and its parameters (RFC 3261 section 25.1, RFC 7616 section 3.3).</summary>
public sealed class AuthenticationParameters
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    internal AuthenticationParameters(string scheme) => Scheme = scheme;

    /// <summary>The scheme: Digest, NTLM …; empty for those of Authentication-Info, which has none.</summary>
    public string Scheme { get; }

    /// <summary>The single value of schemes that have one instead of parameters (token68 of RFC 9110 section 11.2); or null.</summary>
    public string? Token { get; internal set; }

    /// <summary>The realm, or null.</summary>
    public string? Realm => this["realm"];

    /// <summary>A parameter, quotes removed; null where it is absent.</summary>
    /// <param name="name">Its name, in any case.</param>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Whether the scheme is one, in any case.</summary>
    /// <param name="scheme">The scheme's name.</param>
    public bool IsScheme(string scheme) => Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads one header value that holds one challenge, or credentials.</summary>
    /// <param name="text">The value of WWW-Authenticate, Proxy-Authenticate, Authorization or Proxy-Authorization.</param>
    /// <param name="value">What it says, where it can be read.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AuthenticationParameters? value)
    {
        value = TryParseList(text, out var all) && all.Count == 1 ? all[0] : null;
        return value is not null;
    }

    /// <summary>Reads one header value that may hold several challenges, separated by commas like their parameters.</summary>
    /// <param name="text">The value of WWW-Authenticate or Proxy-Authenticate.</param>
    /// <param name="values">The challenges in their order, where all of them can be read.</param>
    public static bool TryParseList(string? text, out IReadOnlyList<AuthenticationParameters> values)
    {
        var reader = new AuthenticationReader(text);
        values = reader.ReadSchemes() ? reader.Result : [];
        return values.Count > 0;
    }

    /// <summary>The challenges of a 401 or 407 in their order; what cannot be read is passed over.</summary>
    /// <param name="response">The response.</param>
    public static IReadOnlyList<AuthenticationParameters> ChallengesOf(SipResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return AuthenticationHeaders.ChallengesOf(response);
    }

    /// <summary>Reads parameters that follow no scheme, as those of Authentication-Info (RFC 3261 section 20.6).</summary>
    /// <param name="text">The header value.</param>
    /// <param name="value">What it says, where it can be read.</param>
    public static bool TryParseInfo(string? text, [NotNullWhen(true)] out AuthenticationParameters? value)
    {
        var reader = new AuthenticationReader(text);
        value = reader.ReadParameters() ? reader.Result[0] : null;
        return value is not null;
    }

    /// <summary>The scheme and the realm alone: what proves a password goes nowhere.</summary>
    public override string ToString() => $"{Scheme} realm={QuotedString.Quote(Realm ?? string.Empty)}";

    /// <summary>Adds a parameter; false where it stands twice, which would leave open which one was meant.</summary>
    internal bool TryAdd(string name, string value) => _values.TryAdd(name, value);
}
