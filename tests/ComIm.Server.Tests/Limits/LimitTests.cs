using System.Net;
using ComIm.Server.Limits;
using ComIm.Sip.Messages;

namespace ComIm.Server.Tests.Limits;

public sealed class LimitTests
{
    [Theory]
    [InlineData(1, 100, 100)]
    [InlineData(100, 1, 100)]
    [InlineData(100, 100, 1)]
    public async Task Message_WhileTooManyWait_IsRefusedAndLaterTaken(int total, int perSource, int perUser)
    {
        var limits = new ServerLimits { MaxPending = total, MaxPendingPerSource = perSource, MaxPendingPerUser = perUser };
        await using var server = await TestDomain.StartAsync(o => o with { Limits = limits, RequiresAuthentication = false });
        var release = new TaskCompletionSource();
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        Assert.Equal(200, (await bob.SendRawAsync(bob.CreateRegister())).StatusCode);
        bob.Answer = async t =>
        {
            await release.Task;
            t.Respond(200);
        };
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        var first = alice.SendRawAsync(alice.CreateMessage(bob.Address, "one"));
        await bob.NextAsync();

        var refused = await alice.SendRawAsync(alice.CreateMessage(bob.Address, "two"));
        Assert.Equal((503, "10"), (refused.StatusCode, refused.Headers.Get(HeaderId.RetryAfter)));

        release.SetResult();
        Assert.Equal(200, (await first).StatusCode);
    }

    [Fact]
    public async Task Register_OneUserTooMany_IsRefusedAndThoseInsideRenew()
    {
        await using var server = await TestDomain.StartAsync(o => o with { Limits = new ServerLimits { MaxRegistrations = 1 } });
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        Assert.Equal(503, (await alice.SendAsync(alice.CreateRegister())).StatusCode);
        Assert.Equal(200, (await bob.SendAsync(bob.CreateRegister())).StatusCode);
    }

    [Fact]
    public void Pending_AddressesOfOneIPv6Network_AreOneSource()
    {
        var pending = new PendingRequests(new ServerLimits { MaxPendingPerSource = 2 });
        Assert.True(pending.TryEnter(IPAddress.Parse("2001:db8::1")));
        Assert.True(pending.TryEnter(IPAddress.Parse("2001:db8::2")));
        Assert.False(pending.TryEnter(IPAddress.Parse("2001:db8::3")));
        Assert.True(pending.TryEnter(IPAddress.Parse("2001:db8:0:1::1")));
        pending.Leave(IPAddress.Parse("2001:db8::2"));
        Assert.True(pending.TryEnter(IPAddress.Parse("2001:db8::3")));
    }

    [Fact]
    public void Pending_EveryEntryLeaves_NothingIsLeft()
    {
        var pending = new PendingRequests(new ServerLimits { MaxPending = 10, MaxPendingPerSource = 2 });
        Assert.True(pending.TryEnter(IPAddress.Loopback));
        Assert.True(pending.TryEnter(IPAddress.Loopback));
        Assert.False(pending.TryEnter(IPAddress.Loopback));
        Assert.True(pending.TryEnter(IPAddress.IPv6Loopback));
        Assert.Equal(3, pending.Count);
        pending.Leave(IPAddress.Loopback);
        Assert.True(pending.TryEnter(IPAddress.Loopback));
        pending.Leave(IPAddress.Loopback);
        pending.Leave(IPAddress.Loopback);
        pending.Leave(IPAddress.IPv6Loopback);
        Assert.Equal(0, pending.Count);
    }

    [Fact]
    public async Task Stop_WhileARequestWaits_FinishesItAndTakesNoMore()
    {
        var limits = new ServerLimits { StopTimeout = TimeSpan.FromSeconds(20) };
        var server = await TestDomain.StartAsync(o => o with { Limits = limits });
        var release = new TaskCompletionSource();
        await using var bob = await new TestUser("bob", server.LocalEndPoint)
        {
            Answer = async t =>
            {
                await release.Task;
                t.Respond(200);
            },
        }.RegisteredAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        var first = alice.SendAsync(alice.CreateMessage(bob.Address, "one"));
        await bob.NextAsync();
        var stop = server.DisposeAsync().AsTask();
        Assert.Equal(503, (await alice.SendAsync(alice.CreateMessage(bob.Address, "two"))).StatusCode);
        Assert.False(stop.IsCompleted);
        release.SetResult();
        Assert.Equal(200, (await first).StatusCode);
        await stop.WaitAsync(TestDomain.Guard);
    }

    [Fact]
    public async Task Meter_CountsRequestsAndRefusals()
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, long>();
        using var listener = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == "ComIm.Server")
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((i, value, _, _) => seen.AddOrUpdate(i.Name, value, (_, old) => old + value));
        listener.Start();
        await using var server = await TestDomain.StartAsync(o => o with { Limits = new ServerLimits { MaxPending = 0 } });
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        Assert.Equal(503, (await alice.SendRawAsync(alice.CreateRegister())).StatusCode);
        Assert.True(seen.GetValueOrDefault("comim.server.requests") >= 1);
        Assert.True(seen.GetValueOrDefault("comim.server.refused") >= 1);
    }
}
