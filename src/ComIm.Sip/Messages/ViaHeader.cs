using System.Globalization;
using System.Net;

namespace ComIm.Sip.Messages;

/// <summary>One Via value: who sent a request, over what, and where its response goes (RFC 3261 section 20.42).</summary>
/// <param name="Transport">UDP, TCP, TLS, in upper case.</param>
/// <param name="SentBy">Host and port of the sender.</param>
/// <param name="Parameters">branch, received, rport …</param>
public sealed record ViaHeader(string Transport, HostPort SentBy, ParameterList Parameters)
{
    /// <summary>What a branch of RFC 3261 begins with (section 8.1.1.7).</summary>
    public const string MagicCookie = "z9hG4bK";

    /// <summary>The branch, or null.</summary>
    public string? Branch => Parameters.Get("branch");

    /// <summary>True where the branch names a transaction by the rules of RFC 3261, not of RFC 2543.</summary>
    public bool HasMagicCookie =>
        Branch is { } branch && branch.Length > MagicCookie.Length && branch.StartsWith(MagicCookie, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the first value of a Via header.</summary>
    /// <param name="text">The header's value.</param>
    /// <param name="value">The first Via, where it is one.</param>
    public static bool TryParseFirst(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ViaHeader? value)
    {
        value = null;
        var rest = text.AsSpan();
        var comma = HeaderValueList.IndexOfComma(rest);
        rest = SipChars.Trim(comma < 0 ? rest : rest[..comma]);

        // sent-protocol: name SLASH version SLASH transport, white space allowed around each slash
        if (!TryReadPart(ref rest, '/', out var name) || !name.Equals("SIP", StringComparison.OrdinalIgnoreCase)
            || !TryReadPart(ref rest, '/', out var version) || version is not "2.0")
        {
            return false;
        }

        var end = rest.IndexOfAny(' ', '\t');
        if (end <= 0 || !SipChars.IsToken(rest[..end]))
        {
            return false;
        }

        var transport = rest[..end].ToString().ToUpperInvariant();
        rest = SipChars.Trim(rest[end..]);
        var semicolon = rest.IndexOf(';');
        if (!HostPort.TryParse(semicolon < 0 ? rest : rest[..semicolon], out var sentBy))
        {
            return false;
        }

        var parameters = new ParameterList(semicolon < 0 ? string.Empty : rest[semicolon..].ToString());
        value = new ViaHeader(transport, sentBy, parameters);
        return parameters.IsWellFormed;
    }

    /// <summary>The Via as the receiver completes it: received, and rport where it was asked for (RFC 3581 section 4).</summary>
    /// <param name="source">Where the request came from.</param>
    public ViaHeader WithSource(IPEndPoint source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var address = source.Address.ToString();
        var parameters = Parameters;
        if (parameters.Contains("rport"))
        {
            parameters = parameters.With("rport", source.Port.ToString(CultureInfo.InvariantCulture)).With("received", address);
        }
        else if (!Equals(SentBy.Address, source.Address))
        {
            parameters = parameters.With("received", address);
        }

        return this with { Parameters = parameters };
    }

    /// <summary>As it stands in a header.</summary>
    public override string ToString() => $"SIP/2.0/{Transport} {SentBy}{Parameters.Text}";

    private static bool TryReadPart(ref ReadOnlySpan<char> text, char separator, out ReadOnlySpan<char> part)
    {
        var index = text.IndexOf(separator);
        part = index < 0 ? default : SipChars.Trim(text[..index]);
        text = index < 0 ? text : SipChars.Trim(text[(index + 1)..]);
        return index >= 0;
    }
}
