namespace ComIm.Sip.Authentication;

/// <summary>
/// Digest authentication, the client's side (RFC 7616, RFC 8760, RFC 3261 section 22.4). Of several challenges the
/// strongest algorithm is answered, whatever their order.
/// </summary>
/// <remarks>
/// Who stands between client and server can remove the stronger challenges, or the qop, and nothing in digest shows it
/// (RFC 7616 section 5.8). What helps is TLS; where all servers are known to be new, <see cref="Weakest"/> helps too:
/// then a challenge below it is not answered, and nobody learns an MD5 of the password by asking for it.
/// </remarks>
public sealed class DigestScheme : IAuthenticationScheme
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "Digest";

    /// <inheritdoc/>
    public string Name => SchemeName;

    /// <summary>The weakest algorithm that is answered; all by default, since many servers know MD5 alone.</summary>
    public DigestAlgorithm Weakest { get; init; } = DigestAlgorithm.Md5Session;

    /// <summary>
    /// Whether auth-int is chosen where auth is offered too. Off by default: on the way between are boxes that rewrite
    /// bodies, and a request that they touched would be refused.
    /// </summary>
    public bool PrefersIntegrity { get; init; }

    /// <inheritdoc/>
    public IAuthenticationSession? Open(IReadOnlyList<AuthenticationParameters> challenges, SipCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return Choose(challenges) is { } challenge ? new DigestSession(this, credential, challenge) : null;
    }

    internal DigestChallenge? Choose(IReadOnlyList<AuthenticationParameters> challenges) =>
        DigestChallenge.AllOf(challenges).FirstOrDefault(c => c.Algorithm >= Weakest);

    /// <summary>The qop of the answer; null for the form of RFC 2069.</summary>
    internal string? ChooseQop(DigestChallenge challenge)
    {
        var wanted = PrefersIntegrity ? DigestQop.AuthInt : DigestQop.Auth;
        if (challenge.Qops.Count == 0)
        {
            return null;
        }

        return challenge.Qops.Contains(wanted, StringComparer.Ordinal) ? wanted : challenge.Qops[0];
    }
}
