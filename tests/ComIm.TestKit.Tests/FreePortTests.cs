using System.Net;
using System.Net.Sockets;

namespace ComIm.TestKit.Tests;

public sealed class FreePortTests
{
    [Fact]
    public void A_port_can_be_bound_by_both_protocols()
    {
        var endPoint = new IPEndPoint(IPAddress.Loopback, FreePort.UdpAndTcp());
        using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        udp.Bind(endPoint);
        tcp.Bind(endPoint);
        Assert.NotEqual(endPoint.Port, FreePort.UdpAndTcp());
    }
}
