using System.Text;
using ComIm.Server.Limits;
using ComIm.Server.Presence;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Server.Tests.Presence;

public sealed class PresenceTests
{
    [Theory]
    [InlineData(SipTransportKind.Udp)]
    [InlineData(SipTransportKind.Tcp)]
    public async Task Watcher_SeesWhatIsPublished(SipTransportKind kind)
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await new TestUser("alice", server.LocalEndPoint, kind).RegisteredAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint, kind).RegisteredAsync();
        var accepted = await alice.SendAsync(Subscribe(alice, bob));
        Assert.Equal((200, "600"), (accepted.StatusCode, accepted.Headers.Get(HeaderId.Expires)));
        Assert.Contains("<basic>open</basic>", (await NotifiedAsync(alice)).BodyText, StringComparison.Ordinal);

        Assert.Equal(200, (await bob.SendAsync(Publish(bob, "busy"))).StatusCode);
        var notify = await NotifiedAsync(alice);
        Assert.Contains("busy", notify.BodyText, StringComparison.Ordinal);
        Assert.StartsWith("active;expires=", notify.Headers.Get(HeaderId.SubscriptionState), StringComparison.Ordinal);
        Assert.Equal("application/pidf+xml", notify.Headers.Get(HeaderId.ContentType));
    }

    [Fact]
    public async Task Publish_WithTags_RefreshesChangesAndRemoves()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var alice = await new TestUser("alice", server.LocalEndPoint).RegisteredAsync();
        var first = await bob.SendAsync(Publish(bob, "busy"));
        var tag = first.Headers.Get(HeaderId.SipETag);
        Assert.NotNull(tag);
        var second = await bob.SendAsync(Publish(bob, "away", tag));
        Assert.Equal(200, second.StatusCode);
        Assert.NotEqual(tag, second.Headers.Get(HeaderId.SipETag));
        Assert.Equal(412, (await bob.SendAsync(Publish(bob, "late", tag))).StatusCode);

        await alice.SendAsync(Subscribe(alice, bob));
        Assert.Contains("away", (await NotifiedAsync(alice)).BodyText, StringComparison.Ordinal);
        Assert.Equal(200, (await bob.SendAsync(Publish(bob, null, second.Headers.Get(HeaderId.SipETag), 0))).StatusCode);

        // Those who watch by the time that a publication has been answered are told of it, too: she may have heard of it twice.
        var told = (await NotifiedAsync(alice)).BodyText;
        told = told.Contains("busy", StringComparison.Ordinal) ? (await NotifiedAsync(alice)).BodyText : told;
        Assert.Contains("registration", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_OfTwoDevicesAtOnce_NeverGoesBackForWhoWatches()
    {
        const int Last = 60;
        await using var server = await TestDomain.StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint, SipTransportKind.Tcp).RegisteredAsync();
        await using var alice = await new TestUser("alice", server.LocalEndPoint, SipTransportKind.Tcp).RegisteredAsync();
        Assert.Equal(200, (await alice.SendAsync(Subscribe(alice, bob))).StatusCode);
        await Task.WhenAll(PublishAllAsync("desk"), PublishAllAsync("phone"));

        var seen = (Desk: 0, Phone: 0);
        while (seen != (Last, Last))
        {
            var told = (await NotifiedAsync(alice)).BodyText;
            var now = (Desk: NumberOf("desk", told), Phone: NumberOf("phone", told));
            Assert.True(now.Desk >= seen.Desk && now.Phone >= seen.Phone, $"{seen}, and then {now}");
            seen = now;
        }

        async Task PublishAllAsync(string device)
        {
            string? tag = null;
            for (var i = 1; i <= Last; i++)
            {
                tag = (await bob.SendAsync(Publish(bob, $"{device} {i}.", tag))).Headers.Get(HeaderId.SipETag);
            }
        }

        static int NumberOf(string device, string text) =>
            text.Split(device + ' ') is [_, var rest, ..] ? int.Parse(rest.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture) : 0;
    }

    [Fact]
    public async Task Publish_OfTwoDevices_IsOneDocumentWithUniqueIds()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var alice = await new TestUser("alice", server.LocalEndPoint).RegisteredAsync();
        await bob.SendAsync(Publish(bob, "desk"));
        await bob.SendAsync(Publish(bob, "phone"));
        await alice.SendAsync(Subscribe(alice, bob));
        var text = (await NotifiedAsync(alice)).BodyText;
        Assert.Contains("desk", text, StringComparison.Ordinal);
        Assert.Contains("phone", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("id=\"t1").Length - 1);
        Assert.Single(text.Split("id=\"t1\""), s => s.StartsWith('>'));
    }

    [Theory]
    [InlineData("presence", "text/plain", "hello", 415)]
    [InlineData("presence", "application/pidf+xml", "<presence", 400)]
    [InlineData("presence", "application/pidf+xml", "<!DOCTYPE x [<!ENTITY e 'e'>]><presence xmlns='urn:ietf:params:xml:ns:pidf' entity='sip:b'>&e;</presence>", 400)]
    [InlineData("dialog", "application/pidf+xml", "<presence/>", 489)]
    public async Task Publish_OfSomethingElse_IsRefused(string package, string type, string body, int status)
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        var request = bob.Create("PUBLISH", bob.Address);
        request.Headers.Add(HeaderId.Event, package);
        request.SetBody(type, Encoding.UTF8.GetBytes(body));
        Assert.Equal(status, (await bob.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Publish_ForSomebodyElse_IsForbidden()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        var request = Publish(alice, "busy").CopyTo(SipUri.Parse(bob.Address));
        Assert.Equal(403, (await alice.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Watcher_WhoIsBlocked_IsRefusedAndAnActiveOneIsEnded()
    {
        var rules = new WatcherRules();
        rules.Set("bob", "carol", isAllowed: false);
        await using var server = await TestDomain.StartAsync(o => o with { Watchers = rules });
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var carol = await new TestUser("carol", server.LocalEndPoint).RegisteredAsync();
        await using var alice = await new TestUser("alice", server.LocalEndPoint).RegisteredAsync();
        Assert.Equal(403, (await carol.SendAsync(Subscribe(carol, bob))).StatusCode);

        Assert.Equal(200, (await alice.SendAsync(Subscribe(alice, bob))).StatusCode);
        await NotifiedAsync(alice);
        rules.SetDefault("bob", isAllowed: false);
        var last = await NotifiedAsync(alice);
        Assert.Equal("terminated;reason=rejected", last.Headers.Get(HeaderId.SubscriptionState));
        Assert.Empty(last.BodyText);
    }

    [Fact]
    public async Task Subscription_InItsDialog_IsRefreshedAndEnded()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var alice = await new TestUser("alice", server.LocalEndPoint).RegisteredAsync();
        var subscribe = Subscribe(alice, bob);
        var accepted = await alice.SendAsync(subscribe);
        await NotifiedAsync(alice);
        var refreshed = await alice.SendAsync(InDialog(alice, subscribe, accepted, 5, 300));
        Assert.Equal((200, "300"), (refreshed.StatusCode, refreshed.Headers.Get(HeaderId.Expires)));
        Assert.StartsWith("active", (await NotifiedAsync(alice)).Headers.Get(HeaderId.SubscriptionState), StringComparison.Ordinal);
        Assert.Equal(200, (await alice.SendAsync(InDialog(alice, subscribe, accepted, 9, 0))).StatusCode);
        Assert.StartsWith("terminated", (await NotifiedAsync(alice)).Headers.Get(HeaderId.SubscriptionState), StringComparison.Ordinal);

        // It is over when its last NOTIFY is answered, which the server may see a moment after this.
        var status = 200;
        for (var sequence = 12u; status == 200 && sequence < 500; sequence += 2)
        {
            status = (await alice.SendAsync(InDialog(alice, subscribe, accepted, sequence, 300))).StatusCode;
        }

        Assert.Equal(481, status);
    }

    [Fact]
    public async Task Publication_ItsTimeGoesBy_IsForgottenAndWatchersAreTold()
    {
        var clock = new ManualTimeProvider();
        await using var server = await TestDomain.StartAsync(o => o with { TimeProvider = clock, Limits = new ServerLimits { HealthInterval = TimeSpan.Zero } });
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var alice = await new TestUser("alice", server.LocalEndPoint).RegisteredAsync();
        await bob.SendAsync(Publish(bob, "busy", expires: 60));
        var answered = new TaskCompletionSource();
        alice.Answer = t =>
        {
            t.Respond(200);
            answered.TrySetResult();
            return Task.CompletedTask;
        };
        await alice.SendAsync(Subscribe(alice, bob));
        Assert.Contains("busy", (await NotifiedAsync(alice)).BodyText, StringComparison.Ordinal);

        // By the answer to what was sent after it, the server has the answer to its NOTIFY; else that would time out below.
        await answered.Task.WaitAsync(TestDomain.Guard);
        await alice.SendRawAsync(alice.Create("OPTIONS", "sip:example.com"));
        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Contains("registration", (await NotifiedAsync(alice)).BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_WhoSignsOff_IsClosed()
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var alice = await new TestUser("alice", server.LocalEndPoint).RegisteredAsync();
        await alice.SendAsync(Subscribe(alice, bob));
        await NotifiedAsync(alice);
        await bob.SendAsync(bob.CreateRegister(0, "*"));
        Assert.Contains("<basic>closed</basic>", (await NotifiedAsync(alice)).BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_WhoseRegistrationRunsOut_IsClosed()
    {
        var clock = new ManualTimeProvider();
        await using var server = await TestDomain.StartAsync(o => o with { TimeProvider = clock, Limits = new ServerLimits { HealthInterval = TimeSpan.Zero } });
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        await bob.SendAsync(bob.CreateRegister(60));
        await using var alice = await new TestUser("alice", server.LocalEndPoint).RegisteredAsync();
        var answered = new TaskCompletionSource();
        alice.Answer = t =>
        {
            t.Respond(200);
            answered.TrySetResult();
            return Task.CompletedTask;
        };
        await alice.SendAsync(Subscribe(alice, bob));
        Assert.Contains("<basic>open</basic>", (await NotifiedAsync(alice)).BodyText, StringComparison.Ordinal);
        await answered.Task.WaitAsync(TestDomain.Guard);
        await alice.SendRawAsync(alice.Create("OPTIONS", "sip:example.com"));
        clock.Advance(TimeSpan.FromSeconds(10));
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Contains("<basic>closed</basic>", (await NotifiedAsync(alice)).BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watchers_MoreThanAllowed_AreRefused()
    {
        await using var server = await TestDomain.StartAsync(o => o with { Limits = new ServerLimits { MaxWatchersPerUser = 1 } });
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var alice = await new TestUser("alice", server.LocalEndPoint).RegisteredAsync();
        Assert.Equal(200, (await alice.SendAsync(Subscribe(alice, bob))).StatusCode);
        var refused = await bob.SendAsync(Subscribe(bob, bob));
        Assert.Equal((503, true), (refused.StatusCode, refused.Headers.Contains(HeaderId.RetryAfter)));
    }

    private static async Task<SipRequest> NotifiedAsync(TestUser user)
    {
        var request = (await user.NextAsync()).Request;
        Assert.Equal(("NOTIFY", "presence"), (request.Method, request.Headers.Get(HeaderId.Event)));
        return request;
    }

    private static SipRequest Subscribe(TestUser watcher, TestUser user)
    {
        var request = watcher.Create("SUBSCRIBE", user.Address);
        request.Headers.Add(HeaderId.Event, "presence");
        request.Headers.Add(HeaderId.Expires, "600");
        return request;
    }

    private static SipRequest InDialog(TestUser watcher, SipRequest subscribe, SipResponse accepted, uint sequence, int expires)
    {
        var request = new SipRequest("SUBSCRIBE", accepted.Contact!.Uri!);
        request.Headers.CopyFrom(subscribe.Headers, HeaderId.From);
        request.Headers.CopyFrom(accepted.Headers, HeaderId.To);
        request.Headers.CopyFrom(subscribe.Headers, HeaderId.CallId);
        request.Headers.Add(HeaderId.CSeq, new CSeq(sequence, "SUBSCRIBE").ToString());
        request.Headers.Add(HeaderId.Contact, watcher.Contact);
        request.Headers.Add(HeaderId.Event, "presence");
        request.Headers.Add(HeaderId.Expires, expires.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return request;
    }

    private static SipRequest Publish(TestUser user, string? note, string? ifMatch = null, int expires = 600)
    {
        var request = user.Create("PUBLISH", user.Address);
        request.Headers.Remove(HeaderId.Contact);
        request.Headers.Add(HeaderId.Event, "presence");
        request.Headers.Add(HeaderId.Expires, expires.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (ifMatch is not null)
        {
            request.Headers.Add(HeaderId.SipIfMatch, ifMatch);
        }

        if (note is not null)
        {
            request.SetBody("application/pidf+xml", Encoding.UTF8.GetBytes(
                $"<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='{user.Address}'><tuple id='t1'><status><basic>open</basic></status><note>{note}</note></tuple></presence>"));
        }

        return request;
    }
}
