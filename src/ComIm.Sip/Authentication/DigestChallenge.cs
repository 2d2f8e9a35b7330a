using ComIm.Sip.Messages;

namespace ComIm.Sip.Authentication;

/// <summary>A server's demand for a digest (RFC 7616 section 3.3).</summary>
/// <param name="Realm">Whose password is asked for.</param>
/// <param name="Nonce">The server's nonce.</param>
/// <param name="Algorithm">The hash function.</param>
/// <param name="Qop">What is protected: <c>auth</c> where offered, else <c>auth-int</c>, else null.</param>
/// <param name="Opaque">What is to be sent back unchanged.</param>
/// <param name="IsStale">The password was right, the nonce too old.</param>
public sealed record DigestChallenge(string Realm, string Nonce, DigestAlgorithm Algorithm, string? Qop, string? Opaque, bool IsStale)
{
    /// <summary>The challenges of a 401 or 407 that can be answered here, strongest first (RFC 8760 section 2.4).</summary>
    /// <param name="response">The response.</param>
    public static IReadOnlyList<DigestChallenge> AllOf(SipResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var id = response.StatusCode == 401 ? HeaderId.WwwAuthenticate : HeaderId.ProxyAuthenticate;
        var challenges = new List<DigestChallenge>();
        foreach (var header in response.Headers)
        {
            if (header.Id == id && TryParse(header.Value) is { } challenge)
            {
                challenges.Add(challenge);
            }
        }

        return challenges.OrderByDescending(c => c.Algorithm).ToList();
    }

    private static DigestChallenge? TryParse(string text)
    {
        if (!AuthenticationParameters.TryParse(text, out var p)
            || !p.Scheme.Equals("Digest", StringComparison.OrdinalIgnoreCase)
            || p["realm"] is not { } realm || p["nonce"] is not { } nonce
            || !DigestHash.TryParse(p["algorithm"], out var algorithm))
        {
            return null;
        }

        var offered = p["qop"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var qop = offered.Contains("auth", StringComparer.OrdinalIgnoreCase) ? "auth"
            : offered.Contains("auth-int", StringComparer.OrdinalIgnoreCase) ? "auth-int" : null;
        var stale = string.Equals(p["stale"], "true", StringComparison.OrdinalIgnoreCase);
        return new DigestChallenge(realm, nonce, algorithm, qop, p["opaque"], stale);
    }
}
