using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ComIm.TestKit;

/// <summary>A certificate authority of one test: its root, and certificates with any names and times.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _root;

    public TestAuthority(string name = "Test Root")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        var now = TimeProvider.System.GetUtcNow();
        _root = request.CreateSelfSigned(now.AddYears(-2), now.AddYears(2));
        Roots = [X509CertificateLoader.LoadCertificate(_root.RawData)];
    }

    /// <summary>What to trust.</summary>
    public X509Certificate2Collection Roots { get; }

    /// <summary>A certificate with its key.</summary>
    /// <param name="names">Each a DNS name, an address, or a URI; none makes one with a common name alone.</param>
    public X509Certificate2 Issue(params string[] names) => Issue(TimeSpan.FromDays(-1), TimeSpan.FromDays(30), names);

    /// <summary>A certificate with its key, valid between two times from now.</summary>
    public X509Certificate2 Issue(TimeSpan from, TimeSpan to, params string[] names) => Issue(from, to, null, names);

    /// <summary>A certificate that may be used to connect only, not to be connected to.</summary>
    public X509Certificate2 IssueForClients(params string[] names) => Issue(TimeSpan.FromDays(-1), TimeSpan.FromDays(30), "1.3.6.1.5.5.7.3.2", names);

    /// <summary>A certificate with its key that names where a list of those revoked is kept.</summary>
    public X509Certificate2 IssueWithList(Uri list, params string[] names) => Issue(TimeSpan.FromDays(-1), TimeSpan.FromDays(30), null, names, list);

    /// <summary>A certificate with its key that nobody has issued but itself.</summary>
    public static X509Certificate2 IssueSelfSigned(string address)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={address}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var issued = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        return X509CertificateLoader.LoadPkcs12(issued.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>The list of those revoked, as it is kept there.</summary>
    public byte[] ListOf(params X509Certificate2[] revoked)
    {
        ArgumentNullException.ThrowIfNull(revoked);
        var list = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
        {
            list.AddEntry(certificate);
        }

        var now = TimeProvider.System.GetUtcNow();
        return list.Build(_root, 1, now.AddDays(1), HashAlgorithmName.SHA256, null, now.AddDays(-1));
    }

    public void Dispose()
    {
        _root.Dispose();
        foreach (var root in Roots)
        {
            root.Dispose();
        }
    }

    private X509Certificate2 Issue(TimeSpan from, TimeSpan to, string? use, string[] names, Uri? list = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=sip.example.com", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else if (name.Contains(':', StringComparison.Ordinal))
            {
                alternatives.AddUri(new Uri(name));
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        if (names.Length > 0)
        {
            request.CertificateExtensions.Add(alternatives.Build());
        }

        if (use is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], true));
        }

        if (list is not null)
        {
            request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([list.AbsoluteUri]));
        }

        var now = TimeProvider.System.GetUtcNow();
        using var issued = request.Create(_root, now + from, now + to, RandomNumberGenerator.GetBytes(8));
        using var withKey = issued.CopyWithPrivateKey(key);

        // Windows takes only keys that have been in a file.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
