using System.Net;
using System.Net.Sockets;

namespace ComIm.TestKit;

/// <summary>Finds ports on 127.0.0.1. Another process may take one before it is bound: whoever binds it must be able to retry.</summary>
public static class FreePort
{
    private const int Attempts = 100;

    /// <summary>A port number that is free for UDP and for TCP.</summary>
    public static int UdpAndTcp()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            using var udp = Bound(SocketType.Dgram, ProtocolType.Udp, 0);
            var port = ((IPEndPoint)udp.LocalEndPoint!).Port;
            try
            {
                using var tcp = Bound(SocketType.Stream, ProtocolType.Tcp, port);
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Somebody's TCP port: the next number the kernel gives will differ.
            }
        }

        throw new InvalidOperationException($"No port is free for both UDP and TCP after {Attempts} attempts.");
    }

    /// <summary>
    /// A port that is free for UDP and for TCP and that the system gives to nobody by itself: for a server that goes away and comes
    /// back. One of the others may be taken meanwhile, even by a connection that looks for the server.
    /// </summary>
    public static int ForReturn()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = Random.Shared.Next(15_000, 30_000);
            try
            {
                using var udp = Bound(SocketType.Dgram, ProtocolType.Udp, port);
                using var tcp = Bound(SocketType.Stream, ProtocolType.Tcp, port);
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Somebody's.
            }
        }

        throw new InvalidOperationException($"No port is free below those that the system gives out after {Attempts} attempts.");
    }

    /// <summary>A free UDP port.</summary>
    public static int Udp()
    {
        using var socket = Bound(SocketType.Dgram, ProtocolType.Udp, 0);
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>A free TCP port.</summary>
    public static int Tcp()
    {
        using var socket = Bound(SocketType.Stream, ProtocolType.Tcp, 0);
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static Socket Bound(SocketType type, ProtocolType protocol, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
