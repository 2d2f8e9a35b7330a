using System.Net;
using ComIm.Server.Limits;
using ComIm.Server.Storage;
using ComIm.Server.Tests.Storage;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Server.Tests.Registrar;

/// <summary>What a user's devices do not notice to be lost is there after a kill, where there is a store.</summary>
public sealed class PersistenceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-state-");

    private string Store => Path.Combine(_folder.FullName, "messages.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableFact]
    public async Task Device_OverUdp_IsReachedAfterAKill_AndHasWhatWasStored()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Processes are killed as a group on Linux only.");
        var first = await ServerProcess.StartAsync(Store);
        await using var bob = await new TestUser("bob", first.EndPoint).RegisteredAsync();
        await first.DisposeAsync();

        await using var second = await ServerProcess.StartAsync(Store, first.EndPoint.Port);
        await using var alice = new TestUser("alice", second.EndPoint);
        Assert.Equal(200, (await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "hello"))).StatusCode);
        Assert.Equal("hello", (await bob.NextAsync()).Request.BodyText);
    }

    [Fact]
    public async Task Message_ThatWaited_IsDeliveredWhereTheDeviceIsStillThere()
    {
        var server = await StartAsync();
        await using var bob = new TestUser("bob", server.LocalEndPoint)
        {
            Answer = t =>
            {
                t.Respond(480);
                return Task.CompletedTask;
            },
        };
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "waits"));
        await bob.RegisteredAsync();
        await bob.NextAsync();
        await server.DisposeAsync();
        bob.Answer = t =>
        {
            t.Respond(200);
            return Task.CompletedTask;
        };

        await using var next = await StartAsync(server.LocalEndPoint);
        Assert.Equal("waits", (await bob.NextAsync()).Request.BodyText);
    }

    [Fact]
    public async Task Device_WhoseConnectionEndedWithTheServer_IsAway()
    {
        var server = await StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint, SipTransportKind.Tcp).RegisteredAsync();
        await server.DisposeAsync();
        await using var next = await StartAsync(server.LocalEndPoint);
        Assert.Empty(next.Location.Find("bob"));
        await using var alice = new TestUser("alice", next.LocalEndPoint);
        Assert.Equal(202, (await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "hello"))).StatusCode);
    }

    [Fact]
    public async Task Device_ThatSignedOff_IsAway()
    {
        var server = await StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        Assert.Equal(200, (await bob.SendAsync(bob.CreateRegister(0, "*"))).StatusCode);
        await server.DisposeAsync();
        await using var next = await StartAsync(server.LocalEndPoint);
        Assert.Empty(next.Location.Find("bob"));
    }

    [Fact]
    public async Task Device_WhoseTimeRanOutMeanwhile_IsAway_AndAnotherIsAsItWas()
    {
        var clock = new ManualTimeProvider();
        var server = await StartAsync(clock: clock);
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        Assert.Equal(200, (await bob.SendAsync(bob.CreateRegister(60))).StatusCode);
        await using var carol = await new TestUser("carol", server.LocalEndPoint) { Contact = "<sip:carol@127.0.0.1:9>;reg-id=7;+sip.instance=\"<urn:uuid:1>\"" }.RegisteredAsync();
        var before = Assert.Single(server.Location.Find("carol"));
        await server.DisposeAsync();
        clock.Advance(TimeSpan.FromSeconds(61));
        await using var next = await StartAsync(server.LocalEndPoint, clock);
        Assert.Empty(next.Location.Find("bob"));
        Assert.Equal(before, Assert.Single(next.Location.Find("carol")));
    }

    [Fact]
    public async Task Rules_OfAUser_HoldAfterARestart()
    {
        var server = await StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        var request = bob.Create("PUBLISH", bob.Address);
        request.Headers.Add(HeaderId.Event, "pres-rules");
        request.SetBody("application/auth-policy+xml", "<ruleset xmlns='urn:ietf:params:xml:ns:common-policy'/>"u8.ToArray());
        Assert.Equal(200, (await bob.SendAsync(request)).StatusCode);
        await server.DisposeAsync();

        await using var next = await StartAsync(server.LocalEndPoint);
        await using var alice = new TestUser("alice", next.LocalEndPoint);
        var subscribe = alice.Create("SUBSCRIBE", bob.Address);
        subscribe.Headers.Add(HeaderId.Event, "presence");
        Assert.Equal(403, (await alice.SendAsync(subscribe)).StatusCode);
    }

    [Fact]
    public async Task Publication_HoldsAfterARestart_WithItsTag()
    {
        var server = await StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        var published = await bob.SendAsync(Publish(bob, "in the lab"));
        await server.DisposeAsync();

        await using var next = await StartAsync(server.LocalEndPoint);
        await using var alice = await new TestUser("alice", next.LocalEndPoint).RegisteredAsync();
        var subscribe = alice.Create("SUBSCRIBE", bob.Address);
        subscribe.Headers.Add(HeaderId.Event, "presence");
        Assert.Equal(200, (await alice.SendAsync(subscribe)).StatusCode);
        Assert.Contains("in the lab", (await alice.NextAsync()).Request.BodyText, StringComparison.Ordinal);
        var refresh = bob.Create("PUBLISH", bob.Address);
        refresh.Headers.Add(HeaderId.Event, "presence");
        refresh.Headers.Add(HeaderId.SipIfMatch, published.Headers.Get(HeaderId.SipETag)!);
        Assert.Equal(200, (await bob.SendAsync(refresh)).StatusCode);
    }

    [Fact]
    public async Task NothingIsKept_WhereThereIsNoStore()
    {
        var server = await TestDomain.StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await server.DisposeAsync();
        await using var next = await TestDomain.StartAsync(o => o with { EndPoint = server.LocalEndPoint });
        Assert.Equal(0, next.Location.Count);
    }

    private static SipRequest Publish(TestUser user, string note)
    {
        var request = user.Create("PUBLISH", user.Address);
        request.Headers.Add(HeaderId.Event, "presence");
        request.SetBody("application/pidf+xml", System.Text.Encoding.UTF8.GetBytes($"""
            <presence xmlns="urn:ietf:params:xml:ns:pidf" entity="{user.Address}"><tuple id="t1"><status><basic>open</basic></status><note>{note}</note></tuple></presence>
            """));
        return request;
    }

    private Task<ImServer> StartAsync(IPEndPoint? endPoint = null, TimeProvider? clock = null) => TestDomain.StartAsync(o => o with
    {
        EndPoint = endPoint ?? o.EndPoint,
        Store = new MessageStoreOptions { Path = Store },
        TimeProvider = clock ?? o.TimeProvider,
        Limits = new ServerLimits { HealthInterval = TimeSpan.Zero },
    });
}
