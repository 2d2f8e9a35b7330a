using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Kamailio;

/// <summary>Our transports against a server of others: large requests, and keep-alive.</summary>
public sealed class KamailioTransportTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [InlineData(ImTransport.Udp, 20_000)]
    [InlineData(ImTransport.Tcp, 3_000)]
    [InlineData(ImTransport.Tcp, 20_000)]
    public async Task Texts_ShortAndLong_Arrive(ImTransport transport, int length)
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        await using var server = await KamailioServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(SettingsOf(server, "alice", transport));
        var bob = await client.SignInAsync(SettingsOf(server, "bob", transport));
        var texts = bob.ReceiveAsync().GetAsyncEnumerator();

        // Over TCP it takes 4,096 bytes as it is delivered (tcp_rd_buf_size) and closes the connection for more. What is sent
        // from a UDP account then goes over UDP, what is sent from a TCP account in fragments.
        foreach (var text in new[] { "hello", new string('x', length) })
        {
            Assert.Equal(MessageStatus.Delivered, (await alice.SendAsync("sip:bob@example.com", text).WaitAsync(Guard)).Status);
            Assert.True(await texts.MoveNextAsync().AsTask().WaitAsync(Guard));
            Assert.Equal(text, texts.Current.Text);
        }
    }

    [SkippableFact]
    public async Task Ping_OverTcp_IsAnswered()
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        await using var server = await KamailioServer.StartAsync();
        var transport = new TcpTransport(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        await using var stack = new Sip.SipStack([transport], _ => Task.CompletedTask);
        stack.Start();
        var target = new SipTarget(SipTransportKind.Tcp, server.EndPoint);
        var options = new Sip.Messages.SipRequest("OPTIONS", Sip.Messages.SipUri.Parse("sip:example.com"));
        options.Headers.Add(Sip.Messages.HeaderId.From, "<sip:alice@example.com>;tag=one");
        options.Headers.Add(Sip.Messages.HeaderId.To, "<sip:example.com>");
        options.Headers.Add(Sip.Messages.HeaderId.CallId, Sip.Transactions.SipTokens.NewCallId());
        options.Headers.Add(Sip.Messages.HeaderId.CSeq, "1 OPTIONS");
        var transaction = stack.Begin(options, target);
        await transaction.FinalResponse.WaitAsync(Guard);
        Assert.Null(transaction.FailureCause);
        Assert.True(await transport.PingAsync(target).AsTask().WaitAsync(Guard));
    }

    private static ImAccountSettings SettingsOf(KamailioServer server, string user, ImTransport transport) => new()
    {
        Address = $"sip:{user}@{KamailioServer.Domain}",
        Password = server.Passwords[user],
        Server = server.EndPoint.ToString(),
        Transport = transport,
    };
}
