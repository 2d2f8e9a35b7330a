using ComIm.Sip.Messages;

namespace ComIm.Sip.Authentication;

/// <summary>A server's demand for a digest (RFC 7616 section 3.3).</summary>
/// <param name="Realm">Whose password is asked for.</param>
/// <param name="Nonce">The server's nonce.</param>
/// <param name="Algorithm">The hash function.</param>
/// <param name="Qops">The qualities of protection offered that are known here; empty for RFC 2069's form.</param>
/// <param name="Opaque">What is to be sent back unchanged.</param>
/// <param name="IsStale">The password was right, the nonce too old.</param>
/// <param name="WantsUserHash">The user name may be sent as a hash (RFC 7616 section 3.4.4).</param>
public sealed record DigestChallenge(
    string Realm, string Nonce, DigestAlgorithm Algorithm, IReadOnlyList<string> Qops, string? Opaque, bool IsStale, bool WantsUserHash)
{
    /// <summary>The challenges of a 401 or 407 that can be answered here, strongest first (RFC 8760 section 2.4).</summary>
    /// <param name="response">The response.</param>
    public static IReadOnlyList<DigestChallenge> AllOf(SipResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return AllOf(AuthenticationHeaders.ChallengesOf(response));
    }

    // The sort is stable: among equals the server's order decides.
    internal static IReadOnlyList<DigestChallenge> AllOf(IEnumerable<AuthenticationParameters> challenges) =>
        challenges.Select(TryRead).OfType<DigestChallenge>().OrderByDescending(c => c.Algorithm).ToList();

    private static DigestChallenge? TryRead(AuthenticationParameters p)
    {
        if (!p.IsScheme(DigestScheme.SchemeName) || p.Realm is not { } realm || p["nonce"] is not { } nonce
            || !DigestAlgorithms.TryParse(p["algorithm"], out var algorithm))
        {
            return null;
        }

        var offered = p["qop"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var qops = offered.Select(q => q.ToLowerInvariant()).Where(q => q is DigestQop.Auth or DigestQop.AuthInt).ToList();

        // Qops that are all unknown cannot be answered; a session needs a client nonce, which goes with a qop.
        if (qops.Count == 0 && (offered.Length > 0 || DigestAlgorithms.IsSession(algorithm)))
        {
            return null;
        }

        return new DigestChallenge(realm, nonce, algorithm, qops, p["opaque"], IsTrue(p["stale"]), IsTrue(p["userhash"]));
    }

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
