using System.Net;
using System.Net.Sockets;
using System.Text;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Transport;

public sealed class ResponseRouteTests
{
    private static readonly IPEndPoint Source = IPEndPoint.Parse("192.0.2.7:40000");

    [Theory]
    [InlineData("SIP/2.0/UDP client.example.com:5070;branch=z9hG4bKa;rport", "UDP 192.0.2.7:40000")]
    [InlineData("SIP/2.0/UDP client.example.com:5070;branch=z9hG4bKa", "UDP 192.0.2.7:5070")]
    [InlineData("SIP/2.0/UDP client.example.com;branch=z9hG4bKa", "UDP 192.0.2.7:5060")]
    [InlineData("SIP/2.0/UDP client.example.com:5070;maddr=224.0.1.75;branch=z9hG4bKa", "UDP 224.0.1.75:5070")]
    [InlineData("SIP/2.0/UDP client.example.com;maddr=192.0.2.9;rport", "UDP 192.0.2.7:40000")] // a third party is not flooded
    [InlineData("SIP/2.0/UDP client.example.com;maddr=host.example.com", "UDP 192.0.2.7:5060")]
    [InlineData("SIP/2.0/UDP client.example.com;maddr", "UDP 192.0.2.7:5060")]
    [InlineData("SIP/2.0/UDP client.example.com;maddr=[2001:db8::1]", "UDP 192.0.2.7:5060")]
    public void Udp_ByItsVia_GoesWhereTheRfcSays_ButToNoThirdParty(string via, string expected)
    {
        Assert.True(ViaHeader.TryParseFirst(via, out var value));
        var route = ResponseRoute.Of(value, SipTransportKind.Udp, Source);
        Assert.Equal((expected, null), (route.First.ToString(), route.Fallback));
    }

    [Theory]
    [InlineData(SipTransportKind.Tcp, "SIP/2.0/TCP client.example.com;branch=z9hG4bKa", "TCP client.example.com (192.0.2.7:5060)")]
    [InlineData(SipTransportKind.Tcp, "SIP/2.0/TCP client.example.com:5070;rport;maddr=192.0.2.9", "TCP client.example.com (192.0.2.7:5070)")]
    [InlineData(SipTransportKind.Tls, "SIP/2.0/TLS client.example.com;branch=z9hG4bKa", "TLS client.example.com (192.0.2.7:5061)")]
    public void Stream_ByItsVia_GoesOverItsConnectionElseToSentBy(SipTransportKind kind, string via, string fallback)
    {
        Assert.True(ViaHeader.TryParseFirst(via, out var value));
        var route = ResponseRoute.Of(value, kind, Source);
        Assert.Equal(new SipTarget(kind, Source) { IsFlow = true }, route.First);
        Assert.Equal(fallback, route.Fallback.ToString());
    }

    [Theory]
    [InlineData("SIP/2.0/UDP [2001:db8::9]:5070;rport", "fe80::1%3", "SIP/2.0/UDP [2001:db8::9]:5070;rport=40000;received=fe80::1")]
    [InlineData("SIP/2.0/UDP [fe80::1]:5070", "fe80::1%3", "SIP/2.0/UDP [fe80::1]:5070")]
    [InlineData("SIP/2.0/UDP 192.0.2.7:5070;rport", "192.0.2.7", "SIP/2.0/UDP 192.0.2.7:5070;rport=40000;received=192.0.2.7")]
    [InlineData("SIP/2.0/UDP client.example.com", "192.0.2.7", "SIP/2.0/UDP client.example.com;received=192.0.2.7")]
    public void Via_Received_NamesItsSource(string via, string source, string expected)
    {
        Assert.True(ViaHeader.TryParseFirst(via, out var value));
        Assert.Equal(expected, value.WithSource(new IPEndPoint(IPAddress.Parse(source), 40000)).ToString());
    }

    [Theory]
    [InlineData("::1", "[::1]:5060")]
    [InlineData("fe80::1%3", "[fe80::1]:5060")]
    [InlineData("127.0.0.1", "127.0.0.1:5060")]
    public void SentBy_OfAnAddress_HasBracketsAndNoScope(string address, string expected) =>
        Assert.Equal(expected, HostPort.Of(new IPEndPoint(IPAddress.Parse(address), 5060)).ToString());

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Response_ConnectionClosed_GoesOverANewOneToSentBy(bool ipv6)
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stack = new SipStack([new TcpTransport(Loopback.Any(ipv6))], AnswerLater);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stack.TransportFailed += (_, _) => lost.TrySetResult();
        stack.Start();
        using var listener = new TcpListener(Loopback.Any(ipv6));
        listener.Start();
        var sentBy = HostPort.Of((IPEndPoint)listener.LocalEndpoint);
        using (var client = new TcpClient(listener.LocalEndpoint.AddressFamily))
        {
            await client.ConnectAsync(stack.Find(SipTransportKind.Tcp)!.LocalEndPoint);
            await client.GetStream().WriteAsync(TestMessages.Bytes("one", via: $"SIP/2.0/TCP {sentBy};branch=z9hG4bKone"));
            client.Client.Shutdown(SocketShutdown.Send);
            await lost.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        answer.SetResult();
        using var back = await listener.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(30));
        var buffer = new byte[2000];
        var count = await back.GetStream().ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.StartsWith("SIP/2.0 200 OK\r\n", Encoding.UTF8.GetString(buffer, 0, count), StringComparison.Ordinal);

        async Task AnswerLater(ServerTransaction transaction)
        {
            await answer.Task;
            transaction.Respond(200);
        }
    }
}
