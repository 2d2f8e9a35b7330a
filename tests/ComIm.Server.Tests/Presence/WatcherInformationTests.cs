using System.Text;
using ComIm.Server.Limits;
using ComIm.Sip.Messages;

namespace ComIm.Server.Tests.Presence;

/// <summary>Who watches whom (RFC 3857), and the rules that users send for it.</summary>
public sealed class WatcherInformationTests
{
    private const string Confirm =
        "<rule><conditions><identity><many><except id='sip:carol@example.com'/></many></identity></conditions><actions><p:sub-handling>confirm</p:sub-handling></actions></rule>";

    private const string AllowAlice =
        "<rule><conditions><identity><one id='sip:alice@example.com'/></identity></conditions><actions><p:sub-handling>allow</p:sub-handling></actions></rule>";

    [Fact]
    public async Task Watchers_AreToldAsTheyComeAndGo()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await new TestUser("alice", server.LocalEndPoint).RegisteredAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        Assert.Equal(200, (await bob.SendAsync(Subscribe(bob, bob, "presence.winfo"))).StatusCode);
        var first = await NotifiedAsync(bob, "presence.winfo");
        Assert.Equal("application/watcherinfo+xml", first.Headers.Get(HeaderId.ContentType));
        Assert.Contains("version=\"0\" state=\"full\"", first.BodyText, StringComparison.Ordinal);
        Assert.DoesNotContain("<watcher ", first.BodyText, StringComparison.Ordinal);

        var watching = Subscribe(alice, bob, "presence", expires: 600);
        var accepted = await alice.SendAsync(watching);
        var second = (await NotifiedAsync(bob, "presence.winfo")).BodyText;
        Assert.Contains("version=\"1\"", second, StringComparison.Ordinal);
        Assert.Contains("status=\"active\"", second, StringComparison.Ordinal);
        Assert.Contains(">sip:alice@example.com</watcher>", second, StringComparison.Ordinal);

        await NotifiedAsync(alice, "presence");
        Assert.Equal(200, (await alice.SendAsync(Unsubscribe(watching, accepted))).StatusCode);
        var third = (await NotifiedAsync(bob, "presence.winfo")).BodyText;
        Assert.Contains("version=\"2\"", third, StringComparison.Ordinal);
        Assert.DoesNotContain("<watcher ", third, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watchers_OfSomebodyElse_AreNobodysBusiness()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await new TestUser("alice", server.LocalEndPoint).RegisteredAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        Assert.Equal(403, (await alice.SendAsync(Subscribe(alice, bob, "presence.winfo"))).StatusCode);
        Assert.Equal(403, (await alice.SendAsync(Rules(alice, "").CopyTo(SipUri.Parse(bob.Address)))).StatusCode);
    }

    [Fact]
    public async Task WatcherInformation_MoreThanAllowed_IsRefused()
    {
        await using var server = await TestDomain.StartAsync(o => o with { Limits = new ServerLimits { MaxWatchersPerUser = 1 } });
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        Assert.Equal(200, (await bob.SendAsync(Subscribe(bob, bob, "presence.winfo"))).StatusCode);
        Assert.Equal(503, (await bob.SendAsync(Subscribe(bob, bob, "presence.winfo"))).StatusCode);
    }

    [Fact]
    public async Task Rules_OfAUser_MakeWatchersWait_AndLetThemIn_AndPutThemOut()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await new TestUser("alice", server.LocalEndPoint).RegisteredAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var carol = await new TestUser("carol", server.LocalEndPoint).RegisteredAsync();
        var published = await bob.SendAsync(Rules(bob, Confirm));
        Assert.Equal((200, true), (published.StatusCode, published.Headers.Contains(HeaderId.SipETag)));
        Assert.Equal(403, (await carol.SendAsync(Subscribe(carol, bob, "presence"))).StatusCode);

        Assert.Equal(200, (await alice.SendAsync(Subscribe(alice, bob, "presence"))).StatusCode);
        var waiting = await NotifiedAsync(alice, "presence");
        Assert.StartsWith("pending", waiting.Headers.Get(HeaderId.SubscriptionState), StringComparison.Ordinal);
        Assert.Empty(waiting.BodyText);

        await bob.SendAsync(Rules(bob, Confirm + AllowAlice));
        var told = await NotifiedAsync(alice, "presence");
        Assert.StartsWith("active", told.Headers.Get(HeaderId.SubscriptionState), StringComparison.Ordinal);
        Assert.Contains("open", told.BodyText, StringComparison.Ordinal);

        await bob.SendAsync(Rules(bob, ""));
        Assert.Equal("terminated;reason=rejected", (await NotifiedAsync(alice, "presence")).Headers.Get(HeaderId.SubscriptionState));
    }

    [Fact]
    public async Task PoliteBlock_ShowsSomebodyWhoIsNotThere()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await new TestUser("alice", server.LocalEndPoint).RegisteredAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await bob.SendAsync(Rules(bob, "<rule><actions><p:sub-handling>polite-block</p:sub-handling></actions></rule>"));
        await alice.SendAsync(Subscribe(alice, bob, "presence"));
        Assert.Contains("<basic>closed</basic>", (await NotifiedAsync(alice, "presence")).BodyText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/pidf+xml", "<ruleset xmlns='urn:ietf:params:xml:ns:common-policy'/>", 415)]
    [InlineData("application/auth-policy+xml", "<ruleset", 400)]
    public async Task Rules_ThatAreNone_AreRefused(string type, string body, int status)
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        var request = Rules(bob, "");
        request.SetBody(type, Encoding.UTF8.GetBytes(body));
        Assert.Equal(status, (await bob.SendAsync(request)).StatusCode);
    }

    private static async Task<SipRequest> NotifiedAsync(TestUser user, string package)
    {
        var request = (await user.NextAsync()).Request;
        Assert.Equal(("NOTIFY", package), (request.Method, request.Headers.Get(HeaderId.Event)));
        return request;
    }

    private static SipRequest Subscribe(TestUser watcher, TestUser user, string package, int expires = 600)
    {
        var request = watcher.Create("SUBSCRIBE", user.Address);
        request.Headers.Add(HeaderId.Event, package);
        request.Headers.Add(HeaderId.Expires, expires.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return request;
    }

    /// <summary>The same SUBSCRIBE inside the dialog it began, for no more time (RFC 6665 section 4.1.2.3).</summary>
    private static SipRequest Unsubscribe(SipRequest subscribe, SipResponse accepted)
    {
        var request = subscribe.CopyTo(accepted.Contact!.Uri!);
        request.Headers.Set(HeaderId.To, accepted.Headers.Get(HeaderId.To)!);
        request.Headers.Set(HeaderId.CSeq, new CSeq(10, "SUBSCRIBE").ToString());
        request.Headers.Set(HeaderId.Expires, "0");
        return request;
    }

    private static SipRequest Rules(TestUser user, string rules)
    {
        var request = user.Create("PUBLISH", user.Address);
        request.Headers.Remove(HeaderId.Contact);
        request.Headers.Add(HeaderId.Event, "pres-rules");
        request.SetBody("application/auth-policy+xml", Encoding.UTF8.GetBytes(
            $"<ruleset xmlns='urn:ietf:params:xml:ns:common-policy' xmlns:p='urn:ietf:params:xml:ns:pres-rules'>{rules}</ruleset>"));
        return request;
    }
}
