using System.Security.Cryptography.X509Certificates;

namespace ComIm.Sip.Transport.Tls;

/// <summary>
/// Certificates of a <see cref="TlsTransport"/>. By default a server's name and chain are verified; nothing turns that
/// off. TLS 1.2 is the least that is spoken.
/// </summary>
public sealed record TlsOptions
{
    /// <summary>
    /// The certificate, with its private key, that this side shows: to those who connect, and to servers that ask for
    /// one. Without it the transport only connects.
    /// </summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The certificates between <see cref="Certificate"/> and its root, sent with it; null where there are none.</summary>
    public X509Certificate2Collection? Intermediates { get; init; }

    /// <summary>Whether those who connect are asked for a certificate.</summary>
    public TlsClientCertificates ClientCertificates { get; init; } = TlsClientCertificates.NotAsked;

    /// <summary>The roots that are trusted instead of the system's: for a private authority. Null trusts the system's.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>
    /// Whether it is looked up that a certificate has been revoked. It is not by default, as in browsers and in .NET: the
    /// lookup tells third parties who talks to whom, and fails where they cannot be reached.
    /// </summary>
    public X509RevocationMode Revocation { get; init; } = X509RevocationMode.NoCheck;

    /// <summary>For logs: names no key.</summary>
    public override string ToString() => Certificate is null ? "TLS without a certificate" : $"TLS with the certificate of {Certificate.Subject}";

    /// <summary>How chains are built. A stranger's certificate may not make this host fetch from addresses that it names.</summary>
    internal X509ChainPolicy CreateChainPolicy(bool mayDownload)
    {
        var policy = new X509ChainPolicy { RevocationMode = Revocation, DisableCertificateDownloads = !mayDownload };
        if (TrustedRoots is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(TrustedRoots);
        }

        return policy;
    }
}
