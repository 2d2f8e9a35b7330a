using ComIm.Sip.Messages;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Server.Tests.Authentication;

public sealed class AuthenticationTests
{
    [Theory]
    [InlineData(SipTransportKind.Udp, "bob", "guess")]
    [InlineData(SipTransportKind.Tcp, "mallory", null)]
    public async Task Register_WithWrongPasswordOrName_IsRefused(SipTransportKind kind, string name, string? password)
    {
        await using var server = await TestDomain.StartAsync();
        await using var user = new TestUser(name, server.LocalEndPoint, kind, password);
        Assert.Equal(401, (await user.SendAsync(user.CreateRegister())).StatusCode);
        Assert.Equal(0, server.Location.Count);
    }

    [Fact]
    public async Task Register_ForSomebodyElse_IsForbidden()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        var request = bob.CreateRegister();
        request.Headers.Set(HeaderId.To, "<sip:alice@example.com>");
        Assert.Equal(403, (await bob.SendAsync(request)).StatusCode);
        Assert.Equal(0, server.Location.Count);
    }

    [Fact]
    public async Task Message_FromSomebodyElse_IsForbidden()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var carol = new TestUser("carol", server.LocalEndPoint);
        var request = carol.CreateMessage(bob.Address, "I am alice");
        request.Headers.Set(HeaderId.From, "<sip:alice@example.com>;tag=1");
        Assert.Equal(403, (await carol.SendAsync(request)).StatusCode);
        Assert.False(bob.HasReceived);
    }

    [Fact]
    public async Task Message_FromAnotherDomain_IsNotRelayed()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var carol = new TestUser("carol", server.LocalEndPoint);
        var request = carol.CreateMessage(bob.Address, "hello");
        request.Headers.Set(HeaderId.From, "<sip:carol@example.org>;tag=1");
        Assert.Equal(403, (await carol.SendRawAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Credentials_SentAgain_AreStale()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        var first = bob.CreateRegister();
        var challenge = await bob.SendRawAsync(first.Copy());
        bob.Authorize(first, challenge);
        Assert.Equal(200, (await bob.SendRawAsync(first.Copy())).StatusCode);

        var again = await bob.SendRawAsync(first.Copy());
        Assert.Equal(401, again.StatusCode);
        Assert.Contains("stale=true", again.Headers.Get(HeaderId.WwwAuthenticate), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nonce_TooOld_IsStaleAndTheNextAttemptPasses()
    {
        var clock = new ManualTimeProvider();
        await using var server = await TestDomain.StartAsync(o => o with { TimeProvider = clock });
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        var first = bob.CreateRegister();
        var challenge = await bob.SendRawAsync(first.Copy());
        bob.Authorize(first, challenge);
        clock.Advance(TimeSpan.FromMinutes(6));
        var stale = await bob.SendRawAsync(first.Copy());
        Assert.Contains("stale=true", stale.Headers.Get(HeaderId.WwwAuthenticate), StringComparison.Ordinal);
        Assert.Equal(200, (await bob.SendAsync(bob.CreateRegister())).StatusCode);
    }

    [Fact]
    public async Task Credentials_AreNotForwarded()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var carol = new TestUser("carol", server.LocalEndPoint);
        Assert.Equal(200, (await carol.SendAsync(carol.CreateMessage(bob.Address, "hello"))).StatusCode);
        Assert.False((await bob.NextAsync()).Request.Headers.Contains(HeaderId.ProxyAuthorization));
    }
}
