using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>What a client writes into a SIP message must stay in its place there: no line break, no control character.</summary>
internal static class SignalingText
{
    private const string Separators = "()<>@,;:\\\"/[]?={} \t";

    /// <summary>The name of a header field or of a parameter: a token (RFC 3261 section 25.1).</summary>
    /// <exception cref="HResultException">E_INVALIDARG.</exception>
    public static string Name(string? name) =>
        !string.IsNullOrEmpty(name) && name.All(c => c is > ' ' and < '\x7f' && !Separators.Contains(c, StringComparison.Ordinal))
            ? name
            : throw new HResultException(HResults.InvalidArgument, "The name of a header field or parameter is not empty and has no separators.");

    /// <summary>The value of a header field or of a parameter.</summary>
    /// <exception cref="HResultException">UCC_E_MALFORMED_HEADER_VALUE.</exception>
    public static string Value(string? value) => (value ?? "").All(c => !char.IsControl(c) || c == '\t')
        ? value ?? ""
        : throw new HResultException(
            UccHResults.UCC_E_MALFORMED_HEADER_VALUE, "The value of a header field or parameter has no line breaks or other control characters.");

    /// <summary>A received value in one line: a folded header field has a line break where a blank does as well (RFC 3261 section 7.3.1).</summary>
    public static string Clean(string value) => new([.. value.Select(c => char.IsControl(c) ? ' ' : c)]);

    /// <summary>The values of a header field that may have several: they are separated by commas outside quotes and angle brackets.</summary>
    public static IEnumerable<string> Split(string value)
    {
        while (value.Length > 0)
        {
            var end = FirstOutside(value, ',');
            yield return value[..end].Trim();
            value = value[Math.Min(end + 1, value.Length)..];
        }
    }

    /// <summary>
    /// Where the parameters of a header field's value begin: at the first semicolon that stands neither in quotes nor in
    /// angle brackets; the length where there are none.
    /// </summary>
    public static int ParametersAt(string value) => FirstOutside(value, ';');

    private static int FirstOutside(string value, char wanted)
    {
        var (quoted, bracketed) = (false, false);
        for (var i = 0; i < value.Length; i++)
        {
            switch (value[i])
            {
                case '\\' when quoted:
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '<' or '>' when !quoted:
                    bracketed = value[i] == '<';
                    break;
                default:
                    if (value[i] == wanted && !quoted && !bracketed)
                    {
                        return i;
                    }

                    break;
            }
        }

        return value.Length;
    }
}
