using System.Management.Automation;
using System.Net;
using System.Net.Sockets;

namespace ComIm.PowerShell;

/// <summary>Compares addresses with what people type: wildcards, and without the scheme where they leave it out.</summary>
internal sealed class AddressPattern
{
    private const string Scheme = "sip:";
    private readonly WildcardPattern _pattern;
    private readonly bool _hasScheme;

    private AddressPattern(string text)
    {
        _hasScheme = text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("sips:", StringComparison.OrdinalIgnoreCase);
        _pattern = new WildcardPattern(WithLiteralHost(text), WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
    }

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">What was typed.</param>
    public static AddressPattern Of(string text) => new(text);

    /// <summary>Whether several addresses may be meant.</summary>
    /// <param name="text">What was typed.</param>
    public static bool IsPattern(string text) => WildcardPattern.ContainsWildcardCharacters(WithLiteralHost(text));

    /// <summary>Whether any of several patterns fits; none at all fits everything.</summary>
    /// <param name="patterns">The patterns, or null.</param>
    /// <param name="address">The address.</param>
    public static bool Fits(IReadOnlyCollection<string>? patterns, string address) =>
        patterns is null or { Count: 0 } || patterns.Any(pattern => Of(pattern).IsMatch(address));

    /// <summary>An address without its scheme.</summary>
    /// <param name="address">The address.</param>
    public static string WithoutScheme(string address) =>
        address.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? address[Scheme.Length..] : address;

    /// <summary>Whether the pattern fits.</summary>
    /// <param name="address">The address.</param>
    public bool IsMatch(string address) => _pattern.IsMatch(_hasScheme ? address : WithoutScheme(address));

    /// <summary>The brackets of an IPv6 host (RFC 3261 section 25.1) are its own, and not those of a set of characters.</summary>
    private static string WithLiteralHost(string text)
    {
        var open = text.IndexOf('[', StringComparison.Ordinal);
        var close = open < 0 ? -1 : text.IndexOf(']', open);
        return close > 0 && IPAddress.TryParse(text.AsSpan(open + 1, close - open - 1), out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? text[..open] + WildcardPattern.Escape(text[open..(close + 1)]) + text[(close + 1)..]
            : text;
    }
}
