using System.Net;
using System.Net.Sockets;

namespace ComIm.TestKit.Tests;

public sealed class FreePortTests
{
    private const int Attempts = 10;

    [Fact]
    public void A_port_can_be_bound_by_both_protocols()
    {
        // Between the answer and the use another program of this machine may take the port: then the next one is asked for.
        for (var attempt = 1; !CanBindBoth(FreePort.UdpAndTcp()); attempt++)
        {
            Assert.True(attempt < Attempts, "no port could be bound");
        }
    }

    private static bool CanBindBoth(int port)
    {
        var endPoint = new IPEndPoint(IPAddress.Loopback, port);
        using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            udp.Bind(endPoint);
            tcp.Bind(endPoint);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
