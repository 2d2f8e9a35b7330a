using System.Globalization;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Authentication;

/// <summary>The credentials of a request as a server takes them (RFC 7616 section 3.4): complete, and of the form it demands.</summary>
internal sealed record DigestCredentials(
    DigestAlgorithm Algorithm, string UserName, bool IsUserHash, string Nonce, string Uri, string Response,
    string? Qop, string? NonceCount, string? ClientNonce)
{
    /// <summary>The count as a number; null without qop.</summary>
    public uint? Count => NonceCount is null ? null : uint.Parse(NonceCount, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>Reads credentials; null where something is missing or contradicts itself.</summary>
    public static DigestCredentials? TryRead(AuthenticationParameters p)
    {
        var isUserHash = string.Equals(p["userhash"], "true", StringComparison.OrdinalIgnoreCase);
        if (!DigestAlgorithms.TryParse(p["algorithm"], out var algorithm) || ReadUserName(p, isUserHash) is not { } user
            || p["nonce"] is not { } nonce || p["uri"] is not { } uri || p["response"] is not { } response)
        {
            return null;
        }

        var (qop, count, clientNonce) = (p["qop"], p["nc"], p["cnonce"]);
        if (qop is not null && (count is null || clientNonce is null || !IsCount(count)))
        {
            return null;
        }

        // RFC 7616 section 3.4: nc and cnonce must not stand without qop; some old clients send them, and they mean nothing.
        return qop is null
            ? new DigestCredentials(algorithm, user, isUserHash, nonce, uri, response, null, null, null)
            : new DigestCredentials(algorithm, user, isUserHash, nonce, uri, response, qop, count, clientNonce);
    }

    /// <summary>What the response is computed from, for a method and a body.</summary>
    public DigestInput InputFor(string method, ReadOnlyMemory<byte> body) => new(method, Uri, Nonce, Qop, NonceCount, ClientNonce, body);

    // 8LHEX, and not zero: the first request has 1.
    private static bool IsCount(string text) =>
        text.Length == 8 && text.All(char.IsAsciiHexDigit) && text.AsSpan().ContainsAnyExcept('0');

    // username* is for names that a quoted-string cannot hold (RFC 8187); SIP's can, but clients of HTTP descent use it.
    private static string? ReadUserName(AuthenticationParameters p, bool isUserHash)
    {
        if (p["username*"] is not { } extended)
        {
            return p["username"];
        }

        const string Utf8 = "UTF-8'";
        var quote = extended.StartsWith(Utf8, StringComparison.OrdinalIgnoreCase) ? extended.IndexOf('\'', Utf8.Length) : -1;
        var isPlain = p["username"] is null && !isUserHash && quote >= 0 && SipUriEscaping.IsValid(extended.AsSpan(quote + 1));
        return isPlain ? SipUriEscaping.Unescape(extended[(quote + 1)..]) : null;
    }
}
