using System.Net.Sockets;
using System.Text;
using ComIm.Sip.Tests.Transport;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Security;

/// <summary>Who begins messages on many connections and never ends them.</summary>
public sealed class SlowSenderTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task Message_ThatIsNeverFinished_CostsItsConnection_AndABusyOneLives()
    {
        var clock = new ManualTimeProvider();
        await using var server = new TcpTransport(Loopback.Any(false), new SipTransportOptions { TimeProvider = clock });
        var receiver = new RecordingReceiver();
        server.Start(receiver);
        using var slow = await ConnectAsync(server);
        using var busy = await ConnectAsync(server);
        var whole = TestMessages.Bytes("whole");

        // Each has shown a whole message, and holds the beginning of another.
        await slow.GetStream().WriteAsync((byte[])[.. whole, .. whole[..20]]);
        await busy.GetStream().WriteAsync((byte[])[.. whole, .. whole[..20]]);
        await receiver.NextAsync();
        await receiver.NextAsync();
        for (var second = 0; second < 50; second += 5)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            await slow.GetStream().WriteAsync(whole.AsMemory(20 + (second / 5), 1));
            await busy.GetStream().WriteAsync((byte[])[.. whole[20..], .. whole[..20]]);
            await receiver.NextAsync();
        }

        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(0, await slow.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(Guard));
        await busy.GetStream().WriteAsync(whole.AsMemory(20));
        Assert.Equal("whole", (await receiver.NextAsync()).Result.Message!.CallId);
    }

    [Fact]
    public async Task Bytes_OfUnfinishedMessages_AreBoundedOverAllConnections()
    {
        var options = new SipTransportOptions { Limits = new SipTransportLimits { MaxIncompleteBytes = 300_000 } };
        await using var server = new TcpTransport(Loopback.Any(false), options);
        var receiver = new RecordingReceiver();
        server.Start(receiver);
        var attackers = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 4; i++)
            {
                var attacker = await ConnectAsync(server);
                attackers.Add(attacker);
                await attacker.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                    "MESSAGE sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bK1\r\nContent-Length: 900000\r\n\r\n" + new string('x', 100_000)));
            }

            // One at least is closed; the others stay, and so does whoever sends what is short.
            var closed = await receiver.NextFailureAsync();
            Assert.Equal(SipTransportFault.ConnectionLost, closed.Cause.Fault);
            using var honest = await ConnectAsync(server);
            await honest.GetStream().WriteAsync(TestMessages.Bytes("honest"));
            Assert.Equal("honest", (await receiver.NextAsync()).Result.Message!.CallId);
        }
        finally
        {
            attackers.ForEach(a => a.Dispose());
        }
    }

    private static async Task<TcpClient> ConnectAsync(TcpTransport server)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(server.LocalEndPoint).WaitAsync(Guard);
        return client;
    }
}
