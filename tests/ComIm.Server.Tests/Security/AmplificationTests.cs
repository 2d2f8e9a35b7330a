using System.Net;
using System.Net.Sockets;
using System.Text;
using ComIm.Server.Presence;
using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;
using ComIm.TestKit;

namespace ComIm.Server.Tests.Security;

/// <summary>Who sends little, with the source of somebody else, so that the server sends them much.</summary>
public sealed class AmplificationTests
{
    [Theory]
    [InlineData("sip:alice@example.com", "sip:bob@example.com", 407)]
    [InlineData("sip:alice@elsewhere.example", "sip:bob@example.com", 403)]
    public async Task Invite_WithoutProof_IsRefusedOnceForEachCopy(string from, string to, int status)
    {
        var clock = new ManualTimeProvider();
        await using var server = await TestDomain.StartAsync(o => o with { TimeProvider = clock });
        using var stranger = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        stranger.Connect(server.LocalEndPoint);
        var request = Text("INVITE", from, to, "1");
        await stranger.SendAsync(request);
        var refusal = await ReceiveAsync(stranger);
        Assert.StartsWith($"SIP/2.0 {status} ", refusal, StringComparison.Ordinal);
        Assert.InRange(refusal.Length, 1, 3 * request.Length);

        // Without ACK an INVITE transaction would repeat it ten times in 32 s (timer G).
        for (var second = 0; second < 40; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        await stranger.SendAsync(Text("OPTIONS", from, "sip:example.com", "2"));
        Assert.Contains("CSeq: 1 OPTIONS", await ReceiveAsync(stranger), StringComparison.Ordinal);
    }

    [Fact]
    public void Nonce_OfOneSource_IsStaleFromAnother()
    {
        var verifier = new DigestVerifier(TestDomain.Name, TimeProvider.System);
        var request = new SipRequest("REGISTER", SipUri.Parse("sip:example.com"));
        var challenge = new SipResponse(401);
        verifier.Challenge(challenge, stale: false, "192.0.2.1");
        var client = new RequestAuthenticator(new SipCredential("alice", "secret"));
        Assert.True(client.Accept(challenge, request));

        // Also where it has been used from its own source before.
        Assert.Equal(DigestVerdict.Stale, Verify("192.0.2.99"));
        Assert.Equal(DigestVerdict.Valid, Verify("192.0.2.1"));
        Assert.Equal(DigestVerdict.Stale, Verify("192.0.2.99"));
        Assert.Equal(DigestVerdict.Stale, Verify(null));
        Assert.Equal(DigestVerdict.Valid, Verify("192.0.2.1"));

        DigestVerdict Verify(string? source)
        {
            var copy = request.Copy();
            client.Authorize(copy);
            return verifier.Verify(copy, HeaderId.Authorization, _ => "secret", out _, source);
        }
    }

    [Fact]
    public void Composition_OfManyTuplesOfOneId_TakesNoTimeThatGrowsWithTheirSquare()
    {
        // Three documents of 64 KiB, full of tuples of one id: each used to be compared with all before it, for every watcher.
        var tuples = string.Concat(Enumerable.Repeat("<tuple id=\"t\"/>", 4000));
        var body = new ComIm.Sip.Dialogs.SessionBody(
            PresenceDocument.ContentType, Encoding.UTF8.GetBytes($"<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:a@b\">{tuples}</presence>"));
        var text = Encoding.UTF8.GetString(PresenceDocument.Compose("sip:a@b", [body, body, body], true).Content.Span);
        Assert.Equal(1, text.Split("id=\"t\"").Length - 1);
        Assert.Equal(12_000, text.Split("<tuple ").Length - 1);
    }

    [Fact]
    public async Task OneWatcher_TakesNotThePlacesOfAllOthers()
    {
        await using var server = await TestDomain.StartAsync(o => o with { Limits = o.Limits with { MaxWatchersPerUser = WatcherList.MaxPerWatcher + 1 } });
        await using var mallory = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var carol = await new TestUser("carol", server.LocalEndPoint).RegisteredAsync();
        for (var i = 0; i < WatcherList.MaxPerWatcher; i++)
        {
            Assert.Equal(200, (await mallory.SendAsync(Subscribe(mallory))).StatusCode);
        }

        Assert.Equal(503, (await mallory.SendAsync(Subscribe(mallory))).StatusCode);
        Assert.Equal(200, (await carol.SendAsync(Subscribe(carol))).StatusCode);

        static SipRequest Subscribe(TestUser user)
        {
            var request = user.Create("SUBSCRIBE", "sip:alice@example.com");
            request.Headers.Add(HeaderId.Event, "presence");
            request.Headers.Add(HeaderId.Expires, "600");
            return request;
        }
    }

    private static byte[] Text(string method, string from, string to, string number) => Encoding.ASCII.GetBytes(
        $"{method} {to} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK{number};rport\r\nMax-Forwards: 70\r\nFrom: <{from}>;tag=1\r\nTo: <{to}>\r\n"
        + $"Call-ID: {number}@x\r\nCSeq: 1 {method}\r\nContact: <sip:a@127.0.0.1:9>\r\nContent-Length: 0\r\n\r\n");

    private static async Task<string> ReceiveAsync(UdpClient client)
    {
        using var guard = new CancellationTokenSource(TestDomain.Guard);
        return Encoding.UTF8.GetString((await client.ReceiveAsync(guard.Token)).Buffer);
    }
}
