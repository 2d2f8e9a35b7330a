using System.Buffers;

namespace ComIm.Com.UccApi.Objects;

/// <summary>A telephone URI (RFC 3966), as far as the UCC API shows it: the number and the parameters.</summary>
internal sealed record TelUri(string Number, string Parameters)
{
    private const string Scheme = "tel:";

    // Section 3: digits and visual separators; a local number also has * # and the letters of hexadecimal digits.
    private static readonly SearchValues<char> Global = SearchValues.Create("0123456789-.()");
    private static readonly SearchValues<char> Local = SearchValues.Create("0123456789-.()*#ABCDEFabcdef");

    public static bool IsTel(string? text) => text != null && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    public static TelUri? TryParse(string text)
    {
        var rest = IsTel(text) ? text[Scheme.Length..] : "";
        var semicolon = rest.IndexOf(';', StringComparison.Ordinal);
        var number = semicolon < 0 ? rest : rest[..semicolon];
        var isNumber = number.StartsWith('+')
            ? !number.AsSpan(1).ContainsAnyExcept(Global)
            : !number.AsSpan().ContainsAnyExcept(Local);
        return isNumber && number.AsSpan().ContainsAnyInRange('0', '9')
            ? new TelUri(number, semicolon < 0 ? "" : rest[semicolon..])
            : null;
    }

    /// <summary>The number without visual separators, by which numbers are compared (section 4).</summary>
    public string Digits => string.Concat(Number.Where(c => c is not ('-' or '.' or '(' or ')')));
}
