using System.Formats.Asn1;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Transport.Tls;

/// <summary>
/// Whom a certificate speaks for (RFC 5922 section 7.1): the domains of its <c>sip:</c> URIs, else its DNS names; and its
/// addresses, for servers that are known by their address alone. The common name in the subject is not looked at.
/// </summary>
internal static class CertificateIdentities
{
    private const string SubjectAlternativeName = "2.5.29.17";

    // The tags of GeneralName in RFC 5280 section 4.2.1.6.
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag UniformResourceIdentifier = new(TagClass.ContextSpecific, 6);
    private static readonly Asn1Tag Address = new(TagClass.ContextSpecific, 7);

    /// <summary>The names, lower case and without brackets; none where the certificate has none or cannot be read.</summary>
    public static IReadOnlyCollection<string> Of(X509Certificate2 certificate)
    {
        List<string> domains = [], hosts = [], addresses = [];
        foreach (var extension in certificate.Extensions.Where(e => e.Oid?.Value == SubjectAlternativeName))
        {
            try
            {
                Read(extension.RawData, domains, hosts, addresses);
            }
            catch (Exception e) when (e is AsnContentException or CryptographicException)
            {
                // A name that cannot be read proves nothing.
                return [];
            }
        }

        return [.. domains.Count > 0 ? domains : hosts, .. addresses];
    }

    /// <summary>A host as it is compared: whole, without case, and never by a wildcard (RFC 5922 section 7.2).</summary>
    public static string Canonical(string host)
    {
        var bare = host.TrimStart('[').TrimEnd(']');
        return IPAddress.TryParse(bare, out var address) ? address.ToString() : bare.TrimEnd('.').ToLower(CultureInfo.InvariantCulture);
    }

    private static void Read(byte[] extension, List<string> domains, List<string> hosts, List<string> addresses)
    {
        var names = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence();
        while (names.HasData)
        {
            var tag = names.PeekTag();
            if (tag == DnsName)
            {
                hosts.Add(Canonical(names.ReadCharacterString(UniversalTagNumber.IA5String, DnsName)));
            }
            else if (tag == UniformResourceIdentifier)
            {
                AddDomain(names.ReadCharacterString(UniversalTagNumber.IA5String, UniformResourceIdentifier), domains);
            }
            else if (tag == Address && names.ReadOctetString(Address) is { Length: 4 or 16 } bytes)
            {
                addresses.Add(new IPAddress(bytes).ToString());
            }
            else if (tag != Address)
            {
                names.ReadEncodedValue();
            }
        }
    }

    /// <summary>A URI with a user part names a person, not a domain.</summary>
    private static void AddDomain(string text, List<string> domains)
    {
        if (SipUri.TryParse(text, out var uri) && !uri.IsSecure && uri.User is null)
        {
            domains.Add(Canonical(uri.Host));
        }
    }
}
