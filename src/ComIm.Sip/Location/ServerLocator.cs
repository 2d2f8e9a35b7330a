using System.Net;
using System.Net.Sockets;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Location;

/// <summary>Finds the address behind a server's name. Addresses are taken as they are, names looked up (A and AAAA).</summary>
public static class ServerLocator
{
    /// <summary>The port without TLS where none is named (RFC 3261 section 19.1.2).</summary>
    public const int DefaultPort = 5060;

    /// <summary>Resolves a server.</summary>
    /// <param name="server">Host and port.</param>
    /// <param name="transport">Over what it will be talked to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SocketException">The name cannot be resolved.</exception>
    public static async Task<SipTarget> LocateAsync(HostPort server, SipTransportKind transport, CancellationToken cancellationToken = default)
    {
        var port = server.Port ?? DefaultPort;
        if (server.Address is { } address)
        {
            return new SipTarget(transport, new IPEndPoint(address, port));
        }

        var addresses = await Dns.GetHostAddressesAsync(server.Host, cancellationToken).ConfigureAwait(false);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        // IPv4 first: of two ways to the same host it is the one that more SIP servers listen on.
        var chosen = Array.Find(addresses, a => a.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0];
        return new SipTarget(transport, new IPEndPoint(chosen, port));
    }

    /// <summary>The local address from which a remote one is reached.</summary>
    /// <param name="remote">The remote address.</param>
    /// <exception cref="SocketException">There is no route.</exception>
    public static IPAddress LocalAddressFor(IPEndPoint remote)
    {
        ArgumentNullException.ThrowIfNull(remote);

        // Connecting a datagram socket sends nothing; it only chooses the route.
        using var probe = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        probe.Connect(remote);
        return ((IPEndPoint)probe.LocalEndPoint!).Address;
    }
}
