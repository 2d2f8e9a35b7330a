using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ComIm.Sip.Transport.Tls;

/// <summary>Says what is wrong with a peer's certificate, in words that an administrator can act on.</summary>
internal static class CertificateVerdict
{
    private const X509ChainStatusFlags Untrusted =
        X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.ExplicitDistrust;

    private const X509ChainStatusFlags RevocationUnknown =
        X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;

    private const X509ChainStatusFlags WrongUse = X509ChainStatusFlags.NotValidForUsage;

    /// <summary>The fault of a server's certificate; null where there is none.</summary>
    /// <param name="certificate">What it showed, or null.</param>
    /// <param name="chain">The chain that was built.</param>
    /// <param name="errors">What the TLS library says; its own opinion of the name is not asked.</param>
    /// <param name="expected">The name it has to prove.</param>
    public static string? OfServer(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, string expected)
    {
        if (OfChain(certificate, chain, errors) is { } fault)
        {
            return fault;
        }

        var names = CertificateIdentities.Of(certificate!);
        return names.Contains(CertificateIdentities.Canonical(expected), StringComparer.Ordinal)
            ? null
            : $"its certificate is not for {expected}, but for {(names.Count == 0 ? "no name" : string.Join(", ", names.Take(5)))}";
    }

    /// <summary>The fault of a client's certificate; null where there is none. Its name is not checked here.</summary>
    public static string? OfChain(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "it shows no certificate";
        }

        if (!errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            return null;
        }

        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, s) => all | s.Status) ?? X509ChainStatusFlags.PartialChain;
        return Describe(certificate, chain, status);
    }

    private static string Describe(X509Certificate2 certificate, X509Chain? chain, X509ChainStatusFlags status)
    {
        if (status.HasFlag(X509ChainStatusFlags.Revoked))
        {
            return "its certificate has been revoked";
        }

        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            return DescribeTime(certificate, chain);
        }

        if ((status & Untrusted) != 0)
        {
            return $"its certificate was issued by {certificate.Issuer}, which is not trusted here";
        }

        return (status & WrongUse) != 0 ? "its certificate is not made for this use"
            : (status & RevocationUnknown) != 0 ? "it cannot be found out whether its certificate has been revoked"
            : "its certificate or one of its issuers' is not valid";
    }

    private static string DescribeTime(X509Certificate2 certificate, X509Chain? chain)
    {
        var time = chain?.ChainPolicy.VerificationTime.ToUniversalTime();
        return time < certificate.NotBefore.ToUniversalTime() ? $"its certificate is valid only from {Day(certificate.NotBefore)} on"
            : time > certificate.NotAfter.ToUniversalTime() ? $"its certificate expired on {Day(certificate.NotAfter)}"
            : "the certificate of one of its issuers is not valid at this time";
    }

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
