using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Server.Proxy;

/// <summary>What the server goes by: its domain, and the addresses it listens at.</summary>
internal sealed class OwnAddresses(string domain, IReadOnlyList<ISipTransport> transports)
{
    /// <summary>The domain.</summary>
    public string Domain => domain;

    /// <summary>Whether a URI's host is the domain: an address of a user, or of the server itself.</summary>
    public bool IsDomain(SipUri uri) => uri.Host.Equals(domain, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a URI leads to this server: a Route of ours, or a Request-URI that a strict router left (RFC 3261 section 16.4).</summary>
    public bool IsServer(SipUri uri)
    {
        if (IsDomain(uri))
        {
            return uri.Port is null || transports.Any(t => t.LocalEndPoint.Port == uri.Port);
        }

        return uri.HostPort.Address is { } address && transports.Any(t => Matches(t, address, uri.Port));
    }

    /// <summary>Where the peers of a transport reach it, as it stands in Record-Route.</summary>
    public SipUri UriOf(SipTransportKind kind)
    {
        var endPoint = transports.First(t => t.Kind == kind).LocalEndPoint;

        // A server that listens everywhere has no one address; its name is what its clients found it by.
        var isAny = endPoint.Address.Equals(IPAddress.Any) || endPoint.Address.Equals(IPAddress.IPv6Any);
        var uri = new SipUri(null, isAny ? new HostPort(domain, endPoint.Port) : HostPort.Of(endPoint));
        return kind == SipTransportKind.Udp ? uri : uri.WithParameter("transport", kind == SipTransportKind.Tcp ? "tcp" : "tls");
    }

    private static bool Matches(ISipTransport transport, IPAddress address, int? port)
    {
        var local = transport.LocalEndPoint;
        return local.Port == (port ?? SipTarget.DefaultPortOf(transport.Kind))
            && (local.Address.Equals(address) || local.Address.Equals(IPAddress.Any) || local.Address.Equals(IPAddress.IPv6Any));
    }
}
