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

    [Fact]
    public void A_port_for_a_return_is_none_that_the_system_gives_out()
    {
        const string Range = "/proc/sys/net/ipv4/ip_local_port_range";
        var port = FreePort.ForReturn();
        Assert.InRange(port, 1024, 30_000);
        if (File.Exists(Range))
        {
            Assert.True(port < int.Parse(File.ReadAllText(Range).Split('\t')[0], System.Globalization.CultureInfo.InvariantCulture));
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
