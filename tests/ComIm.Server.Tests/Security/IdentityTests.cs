using ComIm.Server.Storage;
using ComIm.Server.Tests.Conferencing;
using ComIm.Sip.Messages;

namespace ComIm.Server.Tests.Security;

/// <summary>Who tries to be somebody else.</summary>
public sealed class IdentityTests
{
    [Theory]
    [InlineData("MESSAGE")]
    [InlineData("INVITE")]
    [InlineData("SUBSCRIBE")]
    [InlineData("PUBLISH")]
    [InlineData("NOTIFY")]
    [InlineData("REFER")]
    [InlineData("OPTIONS")]
    [InlineData("BYE")]
    [InlineData("INFO")]
    [InlineData("UPDATE")]
    public async Task Request_WithoutProof_IsChallengedOutsideAndInsideDialogs(string method)
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        await using var mallory = new TestUser("alice", server.LocalEndPoint);
        Assert.Equal(407, (await mallory.SendRawAsync(mallory.Create(method, bob.Address))).StatusCode);
        var inside = mallory.Create(method, bob.Address);
        inside.Headers.Set(HeaderId.To, $"<{bob.Address}>;tag=guessed");
        Assert.Equal(407, (await mallory.SendRawAsync(inside)).StatusCode);
        Assert.False(bob.HasReceived);
    }

    [Theory]
    [InlineData("sip:alice@example.com")]
    [InlineData("sip:%61lice@example.com")]
    [InlineData("sip:bob;x=1@example.com")]
    [InlineData("sip:alice@EXAMPLE.com;user=phone")]
    public async Task From_OfAnotherUser_IsForbidden(string from)
    {
        await using var server = await TestDomain.StartAsync();
        await using var carol = await new TestUser("carol", server.LocalEndPoint).RegisteredAsync();
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        var message = bob.CreateMessage(carol.Address, "it is me, alice");
        message.Headers.Set(HeaderId.From, $"\"Alice\" <{from}>;tag=1");
        Assert.Equal(403, (await bob.SendAsync(message)).StatusCode);
        Assert.False(carol.HasReceived);
    }

    [Theory]
    [InlineData("sip:alice@elsewhere.example")]
    [InlineData("sip:example.com")]
    [InlineData("tel:+1234")]
    public async Task From_OfNobodyOfTheDomain_IsForbidden(string from)
    {
        await using var server = await TestDomain.StartAsync();
        await using var bob = new TestUser("bob", server.LocalEndPoint);
        var message = bob.CreateMessage("sip:carol@example.com", "hello");
        message.Headers.Set(HeaderId.From, $"<{from}>;tag=1");
        Assert.Equal(403, (await bob.SendRawAsync(message)).StatusCode);
    }

    [Fact]
    public async Task Register_OfAnotherUser_IsForbidden_AlsoWithOnesOwnFrom()
    {
        await using var server = await TestDomain.StartAsync();
        await using var mallory = new TestUser("bob", server.LocalEndPoint);
        var register = mallory.CreateRegister();
        register.Headers.Set(HeaderId.To, "<sip:alice@example.com>");
        Assert.Equal(403, (await mallory.SendAsync(register)).StatusCode);
        Assert.Empty(server.Location.Find("alice"));
    }

    [Fact]
    public async Task Contact_OfSomebodyElse_LeadsNowhereButToWhoRegisteredIt()
    {
        await using var server = await TestDomain.StartAsync();
        await using var victim = await new TestUser("carol", server.LocalEndPoint).RegisteredAsync();
        await using var mallory = new TestUser("bob", server.LocalEndPoint);
        await using var alice = new TestUser("alice", server.LocalEndPoint);

        // A third party, the server itself, and another user at the server: a proxy that follows them makes floods and loops (RFC 5393).
        foreach (var contact in new[] { victim.Contact, $"<sip:bob@{server.LocalEndPoint}>", $"<sip:carol@{server.LocalEndPoint}>" })
        {
            Assert.Equal(200, (await mallory.SendAsync(mallory.CreateRegister(contact: contact))).StatusCode);
        }

        Assert.Equal(200, (await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "hello"))).StatusCode);
        Assert.Equal("hello", (await mallory.NextAsync()).Request.BodyText);
        Assert.False(victim.HasReceived);
    }

    [Fact]
    public async Task AssertedIdentity_OfAUser_IsWorthNothing_OnlineAndStored()
    {
        var folder = Directory.CreateTempSubdirectory("comim-identity-");
        try
        {
            await using var server = await TestDomain.StartAsync(o => o with { Store = new MessageStoreOptions { Path = Path.Combine(folder.FullName, "m.db") } });
            await using var mallory = new TestUser("bob", server.LocalEndPoint);
            Assert.Equal(202, (await mallory.SendAsync(Forged(mallory))).StatusCode);
            await using var carol = await new TestUser("carol", server.LocalEndPoint).RegisteredAsync();
            Check((await carol.NextAsync()).Request);
            Assert.Equal(200, (await mallory.SendAsync(Forged(mallory))).StatusCode);
            Check((await carol.NextAsync()).Request);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static SipRequest Forged(TestUser user)
        {
            var message = user.CreateMessage("sip:carol@example.com", "it is me, alice");
            foreach (var header in new[] { "P-Asserted-Identity", "P-Preferred-Identity", "Remote-Party-ID", "Ms-Sender" })
            {
                message.Headers.Add(header, "\"Alice\" <sip:alice@example.com>");
            }

            return message;
        }

        static void Check(SipRequest received) => Assert.DoesNotContain("sip:alice@", received.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoredMessage_OfOne_DoesNotKeepOutThatOfAnother()
    {
        var folder = Directory.CreateTempSubdirectory("comim-identity-");
        try
        {
            await using var server = await TestDomain.StartAsync(o => o with { Store = new MessageStoreOptions { Path = Path.Combine(folder.FullName, "m.db") } });
            await using var mallory = new TestUser("bob", server.LocalEndPoint);
            await using var alice = new TestUser("alice", server.LocalEndPoint);
            var hers = alice.CreateMessage("sip:carol@example.com", "from alice");
            var his = mallory.CreateMessage("sip:carol@example.com", "in its place");
            his.Headers.Set(HeaderId.CallId, hers.CallId!);
            his.Headers.Set(HeaderId.From, $"<{mallory.Address}>;tag={hers.From!.Tag}");
            Assert.Equal(202, (await mallory.SendAsync(his)).StatusCode);
            Assert.Equal(202, (await alice.SendAsync(hers)).StatusCode);
            await using var carol = await new TestUser("carol", server.LocalEndPoint).RegisteredAsync();
            Assert.Equal("in its place", (await carol.NextAsync()).Request.BodyText);
            Assert.Equal("from alice", (await carol.NextAsync()).Request.BodyText);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Presence_OfAnotherUser_IsNotPublished_NorAreRules_NorWatchersTold()
    {
        await using var server = await TestDomain.StartAsync();
        await using var mallory = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        foreach (var (package, type) in new[] { ("presence", "application/pidf+xml"), ("pres-rules", "application/auth-policy+xml") })
        {
            var publish = mallory.Create("PUBLISH", "sip:alice@example.com");
            publish.Headers.Add(HeaderId.Event, package);
            publish.SetBody(type, "<x/>"u8.ToArray());
            Assert.Equal(403, (await mallory.SendAsync(publish)).StatusCode);
        }

        var subscribe = mallory.Create("SUBSCRIBE", "sip:alice@example.com");
        subscribe.Headers.Add(HeaderId.Event, "presence.winfo");
        Assert.Equal(403, (await mallory.SendAsync(subscribe)).StatusCode);
    }

    [Fact]
    public async Task WhoWasRemovedByTheLeader_IsNotBroughtBackByAnAttendee()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        await using var carol = await ConferencePeer.RegisteredAsync("carol", server);
        var (_, room) = await alice.JoinAsync();
        await bob.JoinAsync(room);
        await carol.JoinAsync(room);
        Assert.Equal(200, await alice.ReferAsync(room, carol.Address + ";method=BYE"));

        Assert.Equal(403, await bob.ReferAsync(room, carol.Address));
        Assert.Equal(403, (await carol.CallAsync(room)).Outcome.StatusCode);
    }
}
