using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Location;

/// <summary>What location starts from (RFC 3263 section 4): the server's name and what is said of the way to it.</summary>
/// <param name="Server">TARGET and its port. Over TLS, the certificate has to be this name's, not that of a host found by it.</param>
/// <param name="Transport">The transport, where it is prescribed.</param>
/// <param name="IsSecure">For sips: only TLS will do.</param>
public readonly record struct SipServerQuery(HostPort Server, SipTransportKind? Transport = null, bool IsSecure = false)
{
    /// <summary>Reads a URI: maddr stands before the host, and the transport parameter prescribes.</summary>
    /// <param name="uri">The URI of the next hop.</param>
    /// <exception cref="SipLocationException">The URI asks for a transport that does not exist here or for sips.</exception>
    public static SipServerQuery Of(SipUri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var server = uri.HostPort;
        if (uri.Parameters.Get("maddr") is { Length: > 0 } text)
        {
            if (!HostPort.TryParse(text, out var maddr) || maddr.Port is not null)
            {
                throw new SipLocationException($"The maddr of {uri} is no host.");
            }

            server = new HostPort(maddr.Host, uri.Port);
        }

        return new SipServerQuery(server, TransportOf(uri), uri.IsSecure);
    }

    private static SipTransportKind? TransportOf(SipUri uri)
    {
        // With sips, "tcp" means TLS over it (RFC 3261 section 26.2.2); there is no TLS over UDP.
        var name = uri.Parameters.Get("transport");
        return (name?.ToUpperInvariant(), uri.IsSecure) switch
        {
            (null, _) => null,
            ("TCP", true) or ("TLS", _) => SipTransportKind.Tls,
            ("TCP", false) => SipTransportKind.Tcp,
            ("UDP", false) => SipTransportKind.Udp,
            _ => throw new SipLocationException($"{uri} cannot be reached over {name}."),
        };
    }
}
