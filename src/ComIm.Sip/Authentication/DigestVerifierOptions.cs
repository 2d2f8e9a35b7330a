namespace ComIm.Sip.Authentication;

/// <summary>What a server offers and takes.</summary>
/// <remarks>
/// Every algorithm that is offered is one that an attacker between may choose, by removing the others from the challenge
/// (RFC 7616 section 5.8): a server whose clients all know SHA-256 is safer without MD5. SHA-512-256 is not among the
/// defaults, since some clients compute it as SHA-512 cut to 256 bits, as the example of RFC 7616 does, and fail.
/// </remarks>
public sealed record DigestVerifierOptions
{
    /// <summary>The algorithms, in the order of preference; SHA-256 and MD5. The session forms are not offered.</summary>
    public IReadOnlyList<DigestAlgorithm> Algorithms { get; init; } = [DigestAlgorithm.Sha256, DigestAlgorithm.Md5];

    /// <summary>The qualities of protection: auth. With auth-int alone, bodies must not change on their way.</summary>
    public IReadOnlyList<string> Qops { get; init; } = [DigestQop.Auth];

    /// <summary>
    /// Whether credentials without qop are taken (RFC 2069), for clients of that age; off. They hold no count, so each
    /// nonce is good once, and no client nonce, so a server that is not the right one can choose all that is hashed.
    /// </summary>
    public bool AllowsMissingQop { get; init; }

    /// <summary>
    /// Finds the user of a userhash (RFC 7616 section 3.4.4), which is <see cref="DigestHash.UserHash"/> of the algorithm,
    /// the name and the realm; null where there is none. Where this is set, challenges ask for it.
    /// </summary>
    public Func<DigestAlgorithm, string, string?>? FindUserName { get; init; }

    /// <summary>How long a nonce is good; 5 minutes.</summary>
    public TimeSpan NonceLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Nonces whose counts are remembered; 20,000. Beyond that the oldest become stale.</summary>
    public int MaxNonces { get; init; } = 20_000;
}
