using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Server.Tests.Proxy;

public sealed class RoutingTests
{
    [Theory]
    [InlineData(SipTransportKind.Udp, SipTransportKind.Udp)]
    [InlineData(SipTransportKind.Tcp, SipTransportKind.Tcp)]
    [InlineData(SipTransportKind.Udp, SipTransportKind.Tcp)]
    public async Task Message_ToAUserWhoIsThere_ArrivesAndIsAnswered(SipTransportKind from, SipTransportKind to)
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint, to).RegisteredAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint, from);
        var response = await alice.SendAsync(alice.CreateMessage(bob.Address, "hello"));
        Assert.Equal(200, response.StatusCode);
        var received = (await bob.NextAsync()).Request;
        Assert.Equal("hello", received.BodyText);
        Assert.Equal(69, received.MaxForwards);
        Assert.Equal(2, received.Headers.GetValues(HeaderId.Via).Count);
    }

    [Fact]
    public async Task Message_ThatClaimsAnotherSpeaker_ArrivesWithoutTheClaim()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        var message = alice.CreateMessage(bob.Address, "give me your password");
        message.Headers.Add("P-Asserted-Identity", "<sip:carol@example.com>");
        message.Headers.Add("Ms-Sender", "<sip:carol@example.com>");

        Assert.Equal(200, (await alice.SendAsync(message)).StatusCode);

        var received = (await bob.NextAsync()).Request;
        Assert.Null(received.Headers.Get("P-Asserted-Identity"));
        Assert.Null(received.Headers.Get("Ms-Sender"));
    }

    [Theory]
    [InlineData("INFO")]
    [InlineData("NOTIFY")]
    [InlineData("REFER")]
    [InlineData("SUBSCRIBE")]
    [InlineData("UPDATE")]
    [InlineData("OPTIONS")]
    [InlineData("NEWMETHOD")]
    public async Task Request_OfAnyMethod_IsForwarded(string method)
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        Assert.Equal(200, (await alice.SendAsync(alice.Create(method, bob.Address))).StatusCode);
        Assert.Equal(method, (await bob.NextAsync()).Request.Method);
    }

    [Theory]
    [InlineData("sip:nobody@example.com", 404)]
    [InlineData("sip:bob@example.org", 404)]
    [InlineData("sip:bob@192.0.2.1", 404)]
    [InlineData("sip:bob@example.com", 480)]
    public async Task Message_ToNobody_SaysWhy(string to, int status)
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        Assert.Equal(status, (await alice.SendAsync(alice.CreateMessage(to, "hello"))).StatusCode);
    }

    [Fact]
    public async Task Message_WithNoHopLeft_IsRefused()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        var request = alice.CreateMessage(bob.Address, "hello");
        request.Headers.Set(HeaderId.MaxForwards, "0");
        Assert.Equal(483, (await alice.SendAsync(request)).StatusCode);
        Assert.False(bob.HasReceived);
    }

    [Fact]
    public async Task Message_ThatComesBackUnchanged_IsALoop()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        var request = alice.CreateMessage(bob.Address, "hello");
        await alice.SendAsync(request);
        var received = (await bob.NextAsync()).Request;

        // As a forwarder that knows nothing better would: the same names to the same address, with the Vias on it.
        var back = received.CopyTo(SipUri.Parse(bob.Address));
        Assert.Equal(482, (await alice.SendAsync(WithSequence(back, received))).StatusCode);
        Assert.False(bob.HasReceived);
    }

    [Fact]
    public async Task Message_ThatComesBackForAnother_IsASpiralAndArrives()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var carol = await new TestUser("carol", server.LocalEndPoint).RegisteredAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        await alice.SendAsync(alice.CreateMessage(bob.Address, "hello"));
        var received = (await bob.NextAsync()).Request;

        var on = received.CopyTo(SipUri.Parse(carol.Address));
        Assert.Equal(200, (await alice.SendAsync(WithSequence(on, received))).StatusCode);
        Assert.Equal("hello", (await carol.NextAsync()).Request.BodyText);
    }

    [Fact]
    public async Task Request_WithProxyRequire_NamesWhatIsMissing()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        var request = alice.CreateMessage("sip:bob@example.com", "hello");
        request.Headers.Add(HeaderId.ProxyRequire, "privacy");
        var response = await alice.SendAsync(request);
        Assert.Equal((420, "privacy"), (response.StatusCode, response.Headers.Get(HeaderId.Unsupported)));
    }

    [Fact]
    public async Task Request_ToNoSipUri_IsRefused()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        var text = alice.CreateMessage("sip:bob@example.com", "hello").ToString().Replace("MESSAGE sip:bob@example.com SIP", "MESSAGE tel:+12 SIP", StringComparison.Ordinal);
        var parsed = (SipRequest)SipParser.ParseDatagram(System.Text.Encoding.UTF8.GetBytes(text)).Message!;
        Assert.Equal(416, (await alice.SendRawAsync(parsed)).StatusCode);
    }

    [Fact]
    public async Task Options_ToTheServer_IsAnsweredByIt()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        var response = await alice.SendRawAsync(alice.Create("OPTIONS", "sip:example.com"));
        Assert.Equal(200, response.StatusCode);
        Assert.Contains("INVITE", response.Headers.Get(HeaderId.Allow), StringComparison.Ordinal);
    }

    // The test user counts CSeq up when it is challenged; here the request must stay the one that was forwarded.
    private static SipRequest WithSequence(SipRequest request, SipRequest original)
    {
        request.Headers.Set(HeaderId.CSeq, original.CSeq!.Value.ToString());
        return request;
    }
}
