using System.Management.Automation;

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
        _pattern = new WildcardPattern(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
    }

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">What was typed.</param>
    public static AddressPattern Of(string text) => new(text);

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
}
