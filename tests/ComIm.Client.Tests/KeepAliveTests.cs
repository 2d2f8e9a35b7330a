using System.Net;
using System.Net.Sockets;
using ComIm.Client.Accounts;
using ComIm.Sip.Messages;
using ComIm.TestKit;

namespace ComIm.Client.Tests;

public sealed class KeepAliveTests
{
    [Fact]
    public async Task Account_OverUdp_KeepsItsFlowOpen()
    {
        var time = new ManualTimeProvider();
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await using var client = new ImClient(new ImClientOptions { TimeProvider = time });
        var signingIn = client.SignInAsync(new ImAccountSettings
        {
            Address = "sip:alice@example.com",
            Server = server.Client.LocalEndPoint!.ToString(),
        });
        await AnswerAsync(server, await NextAsync(server));
        await signingIn.WaitAsync(TimeSpan.FromSeconds(30));

        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(29));
            var ping = await NextAsync(server);
            Assert.Equal("\r\n"u8.ToArray(), ping.Buffer);
        }

        var signingOut = client.DisposeAsync().AsTask();
        UdpReceiveResult received;
        do
        {
            received = await NextAsync(server);
        }
        while (received.Buffer.Length <= 2);

        await AnswerAsync(server, received);
        await signingOut.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static Task<UdpReceiveResult> NextAsync(UdpClient server) => server.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(30));

    private static async Task AnswerAsync(UdpClient server, UdpReceiveResult received)
    {
        var request = (SipRequest)SipParser.ParseDatagram(received.Buffer).Message!;
        Assert.Equal(SipMethods.Register, request.Method);
        await server.SendAsync(SipResponse.AnswerTo(request, 200, null, "tag").ToBytes(), received.RemoteEndPoint);
    }
}
