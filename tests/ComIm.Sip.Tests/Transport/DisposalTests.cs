using System.Net;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Transport;

public sealed class DisposalTests
{
    [Theory]
    [InlineData(SipTransportKind.Udp)]
    [InlineData(SipTransportKind.Tcp)]
    public async Task Dispose_ATransportTwice_DoesNothingTheSecondTime(SipTransportKind kind)
    {
        var any = new IPEndPoint(IPAddress.Loopback, 0);
        ISipTransport transport = kind == SipTransportKind.Udp ? new UdpTransport(any) : new TcpTransport(any);
        await using var stack = new SipStack([transport], _ => Task.CompletedTask);
        stack.Start();
        await transport.DisposeAsync();
        await transport.DisposeAsync();
    }
}
