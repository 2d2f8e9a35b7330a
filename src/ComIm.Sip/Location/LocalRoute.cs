using System.Net;
using System.Net.Sockets;

namespace ComIm.Sip.Location;

/// <summary>The way from this computer to another.</summary>
public static class LocalRoute
{
    /// <summary>The local address from which a remote one is reached.</summary>
    /// <param name="remote">The remote address.</param>
    /// <exception cref="SocketException">There is no route.</exception>
    public static IPAddress AddressTo(IPEndPoint remote)
    {
        ArgumentNullException.ThrowIfNull(remote);

        // Connecting a datagram socket sends nothing; it only chooses the route.
        using var probe = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        probe.Connect(remote);
        return ((IPEndPoint)probe.LocalEndPoint!).Address;
    }
}
