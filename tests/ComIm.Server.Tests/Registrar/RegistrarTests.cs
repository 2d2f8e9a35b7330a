using ComIm.Sip.Messages;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Server.Tests.Registrar;

public sealed class RegistrarTests
{
    [Theory]
    [InlineData(SipTransportKind.Udp)]
    [InlineData(SipTransportKind.Tcp)]
    public async Task Register_TwoDevices_AreBothListed(SipTransportKind kind)
    {
        await using var server = await TestDomain.StartAsync();
        await using var phone = await new TestUser("bob", server.LocalEndPoint, kind).RegisteredAsync();
        await using var laptop = new TestUser("bob", server.LocalEndPoint, kind);
        var response = await laptop.SendAsync(laptop.CreateRegister());
        var contacts = response.Headers.GetValues(HeaderId.Contact);
        Assert.Equal(2, contacts.Count);
        Assert.All(contacts, c => Assert.Contains(";expires=", c, StringComparison.Ordinal));
        Assert.True(response.Headers.Contains(HeaderId.Date));
    }

    [Fact]
    public async Task Register_Again_RenewsTheOneBinding()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        await bob.SendAsync(bob.CreateRegister(60, callId: "one"));
        await bob.SendAsync(bob.CreateRegister(600, sequence: 5, callId: "one"));
        Assert.Equal(5u, Assert.Single(server.Location.Find("bob")).Sequence);
    }

    [Theory]
    [InlineData(60, "60")]
    [InlineData(7200, "3600")]
    [InlineData(0, null)]
    public async Task Register_IsTold_HowLongItStands(int expires, string? expected)
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        var response = await bob.SendAsync(bob.CreateRegister(expires));
        Assert.Equal((200, expected), (response.StatusCode, response.Headers.Get(HeaderId.Expires)));
    }

    [Theory]
    [InlineData(600)]
    [InlineData(0)]
    public async Task Register_WithAnOlderCSeq_ChangesNothing(int expires)
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        await bob.SendAsync(bob.CreateRegister(600, sequence: 9, callId: "one"));
        var response = await bob.SendAsync(bob.CreateRegister(expires, sequence: 3, callId: "one"));
        Assert.Equal((500, 10u), (response.StatusCode, Assert.Single(server.Location.Find("bob")).Sequence));
    }

    [Fact]
    public async Task Register_OneOfTwoContactsInvalid_AddsNone()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        var response = await bob.SendAsync(bob.CreateRegister(600, "<sip:bob@192.0.2.1>, <tel:+1>"));
        Assert.Equal(400, response.StatusCode);
        Assert.Empty(server.Location.Find("bob"));
    }

    [Fact]
    public async Task Register_StarWithExpiresZero_RemovesAll()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        Assert.Equal(400, (await bob.SendAsync(bob.CreateRegister(600, "*"))).StatusCode);
        Assert.Single(server.Location.Find("bob"));
        Assert.Equal(200, (await bob.SendAsync(bob.CreateRegister(0, "*"))).StatusCode);
        Assert.Empty(server.Location.Find("bob"));
    }

    [Fact]
    public async Task Register_TooBrief_SaysHowLong()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        var response = await bob.SendAsync(bob.CreateRegister(5));
        Assert.Equal((423, "10"), (response.StatusCode, response.Headers.Get(HeaderId.MinExpires)));
    }

    [Fact]
    public async Task Binding_ItsTimeGoesBy_Ends()
    {
        var clock = new ManualTimeProvider();
        await using var server = await TestDomain.StartAsync(o => o with { TimeProvider = clock });
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        await bob.SendAsync(bob.CreateRegister(60));
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Single(server.Location.Find("bob"));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(server.Location.Find("bob"));
        Assert.Equal(0, server.Location.Count);
    }

    [Fact]
    public async Task Register_MoreDevicesThanAllowed_IsRefused()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        var contacts = string.Join(", ", Enumerable.Range(1, 21).Select(i => $"<sip:bob@192.0.2.{i}>"));
        Assert.Equal(500, (await bob.SendAsync(bob.CreateRegister(600, contacts))).StatusCode);
        Assert.Empty(server.Location.Find("bob"));
    }

    [Fact]
    public async Task Register_AnotherDomain_IsRefused()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        var request = bob.CreateRegister();
        request.Headers.Set(HeaderId.To, "<sip:bob@example.org>");
        Assert.Equal(404, (await bob.SendAsync(request)).StatusCode);
    }
}
