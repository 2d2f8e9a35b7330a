using ComIm.Sip.Transport;

namespace ComIm.Sip.Location;

/// <summary>A way to talk SIP to a domain: a transport, and the name of its SRV records.</summary>
/// <param name="Transport">The transport.</param>
/// <param name="Name">Such as <c>_sip._udp.example.com</c>.</param>
internal readonly record struct SipService(SipTransportKind Transport, string Name)
{
    /// <summary>The service by its common name (RFC 3263 section 4.1, where there is no NAPTR).</summary>
    /// <param name="transport">The transport.</param>
    /// <param name="domain">The domain.</param>
    public static SipService Of(SipTransportKind transport, string domain) => new(transport, PrefixOf(transport) + domain);

    private static string PrefixOf(SipTransportKind transport) => transport switch
    {
        SipTransportKind.Udp => "_sip._udp.",
        SipTransportKind.Tcp => "_sip._tcp.",
        _ => "_sips._tcp.",
    };
}
