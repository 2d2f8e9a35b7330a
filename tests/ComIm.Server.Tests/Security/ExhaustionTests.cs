using System.Net;
using ComIm.Server.Conferencing;
using ComIm.Server.Limits;
using ComIm.Server.Presence;
using ComIm.Server.Storage;
using ComIm.Server.Tests.Conferencing;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Server.Tests.Security;

/// <summary>Who makes the server hold more than it has.</summary>
public sealed class ExhaustionTests
{
    [Fact]
    public void DeepDocument_OfAUser_IsRefused()
    {
        var deep = Deep("<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:a@b\">", "</presence>", 5_000);
        Assert.False(PresenceDocument.IsValid(deep));
        Assert.Null(PresenceRules.Read(Deep("<ruleset xmlns=\"urn:ietf:params:xml:ns:common-policy\">", "</ruleset>", 5_000)));
        Assert.Null(RoomCommand.Read(Deep("<request xmlns=\"urn:ietf:params:xml:ns:cccp\"><modifyConference>", "</modifyConference></request>", 1_000)));
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>")]
    [InlineData("<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\">")]
    public void EntityDocument_OfAUser_IsRefused(string dtd)
    {
        Assert.False(PresenceDocument.IsValid(System.Text.Encoding.UTF8.GetBytes(dtd + "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:a@b\"/>")));
        Assert.Null(PresenceRules.Read(System.Text.Encoding.UTF8.GetBytes(dtd + "<ruleset xmlns=\"urn:ietf:params:xml:ns:common-policy\"/>")));
        Assert.Null(RoomCommand.Read(System.Text.Encoding.UTF8.GetBytes(
            dtd + "<request xmlns=\"urn:ietf:params:xml:ns:cccp\"><modifyConferenceLock><locked>true</locked></modifyConferenceLock></request>")));
    }

    [Fact]
    public void PendingRequests_LongOnesCountAsMany()
    {
        var pending = new PendingRequests(new ServerLimits { MaxPendingPerSource = 10, MaxPendingPerUser = 4 });
        Assert.True(pending.TryEnter("mallory", 100)); // alone: or it could never be sent at all
        Assert.False(pending.TryEnter("mallory"));
        pending.Leave("mallory", 100);
        Assert.True(pending.TryEnter("mallory", 2));
        Assert.False(pending.TryEnter("mallory", 3));
        Assert.True(pending.TryEnter("mallory", 2));
        Assert.True(pending.TryEnter(IPAddress.Loopback, 6));
        Assert.False(pending.TryEnter(IPAddress.Loopback, 6));
        Assert.True(pending.TryEnter(IPAddress.Loopback, 4));
        pending.Leave(IPAddress.Loopback, 6);
        Assert.True(pending.TryEnter(IPAddress.Loopback, 6));
    }

    [Fact]
    public async Task LongRequests_OfOneUser_AreRefusedWhileTheyWait()
    {
        await using var server = await TestDomain.StartAsync(o => o with { Limits = o.Limits with { MaxPendingPerUser = 20 } });
        await using var bob = await new TestUser("bob", server.LocalEndPoint, SipTransportKind.Tcp) { Answer = _ => Task.CompletedTask }.RegisteredAsync();
        await using var mallory = new TestUser("alice", server.LocalEndPoint, SipTransportKind.Tcp);
        var text = new string('x', 60_000);
        var waiting = await mallory.BeginAsync(mallory.CreateMessage("sip:bob@example.com", text));
        await bob.NextAsync();

        Assert.Equal(503, (await mallory.SendAsync(mallory.CreateMessage("sip:bob@example.com", text))).StatusCode);
        var small = mallory.SendAsync(mallory.CreateMessage("sip:bob@example.com", "small"));
        var received = await bob.NextAsync();
        Assert.Equal("small", received.Request.BodyText);
        Assert.False(waiting.FinalResponse.IsCompleted);
        received.Respond(200);
        Assert.Equal(200, (await small).StatusCode);
    }

    [Fact]
    public async Task Register_WithALongContactOrCallId_IsRefused()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint, SipTransportKind.Tcp);
        Assert.Equal(400, (await alice.SendAsync(alice.CreateRegister(contact: $"<sip:alice@{alice.Local};x={new string('x', 2000)}>"))).StatusCode);
        Assert.Equal(400, (await alice.SendAsync(alice.CreateRegister(callId: new string('x', 2000)))).StatusCode);
        Assert.Empty(server.Location.Find("alice"));
        await alice.RegisteredAsync();
    }

    [Fact]
    public async Task Publications_OfOneUser_AreBoundedInBytes()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint, SipTransportKind.Tcp);
        Assert.Equal(200, (await alice.SendAsync(Publish())).StatusCode);
        Assert.Equal(200, (await alice.SendAsync(Publish())).StatusCode);
        Assert.Equal(413, (await alice.SendAsync(Publish())).StatusCode);

        SipRequest Publish()
        {
            var request = alice.Create("PUBLISH", alice.Address);
            request.Headers.Add(HeaderId.Event, "presence");
            request.SetBody("application/pidf+xml", System.Text.Encoding.UTF8.GetBytes(
                $"<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"{alice.Address}\"><note>{new string('x', 60_000)}</note></presence>"));
            return request;
        }
    }

    [Fact]
    public async Task Room_WhoDoesNotReadIsOut_WhenTooManyBytesWait()
    {
        await using var server = await TestDomain.StartAsync(o => o with { Conferences = o.Conferences with { MaxWaitingBytes = 10_000 } });
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        var (hers, room) = await alice.JoinAsync();
        await bob.JoinAsync(room);
        bob.Answers = null;

        // The first is under way, three fit, and the next finds too much.
        for (var said = 0; said < 6; said++)
        {
            Assert.Equal(202, (await ConferencePeer.SayAsync(hers, new string('x', 4000))).StatusCode);
        }

        Assert.Equal(SessionEndReason.RemoteBye, (await bob.EndedAsync()).Reason);
        Assert.Equal(1, server.RoomCount);
    }

    [Fact]
    public void RoomHistory_KeepsNoMoreThanItsBytes()
    {
        var history = new RoomHistory(capacity: 1000, maxBytes: 10_000, new HistoryBudget(1_000_000, 1));
        for (var number = 1; number <= 50; number++)
        {
            history.Add(new RoomMessage(
                number, "MESSAGE", new NameAddress(SipUri.Parse("sip:alice@example.com")), new SessionBody("text/plain", new byte[3000]), DateTimeOffset.UnixEpoch));
        }

        Assert.Equal([49L, 50L], history.UnreadOf("bob", "sip:bob@example.com").Select(m => m.Number).TakeLast(2));
        Assert.InRange(history.UnreadOf("bob", "sip:bob@example.com").Sum(m => m.Size), 1, 10_000);
    }

    [SkippableFact]
    public async Task Store_IsReadByItsOwnerOnly()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such permissions: the folder's hold.");
        var folder = Directory.CreateTempSubdirectory("comim-store-");
        try
        {
            var path = Path.Combine(folder.FullName, "messages.db");
            await using var server = await TestDomain.StartAsync(o => o with { Store = new MessageStoreOptions { Path = path } });
            await using var alice = new TestUser("alice", server.LocalEndPoint);
            Assert.Equal(202, (await alice.SendAsync(alice.CreateMessage("sip:bob@example.com", "for bob only"))).StatusCode);
            foreach (var file in folder.GetFiles())
            {
#pragma warning disable CA1416 // It is no Windows here.
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file.FullName));
#pragma warning restore CA1416
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("x'; DROP TABLE message; --")]
    [InlineData("../../etc/passwd")]
    [InlineData("$user")]
    public async Task NamesFullOfTricks_AreNamesAndNothingElse(string name)
    {
        var folder = Directory.CreateTempSubdirectory("comim-names-");
        try
        {
            var store = await MessageStore.OpenAsync(new MessageStoreOptions { Path = Path.Combine(folder.FullName, "m.db") }, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
            var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1);
            Assert.Equal(StoreVerdict.Stored, await store.AddAsync(name, name, name, until, "one"u8.ToArray()));
            Assert.Equal(StoreVerdict.Stored, await store.AddAsync("bob", name, "k", until, "two"u8.ToArray()));
            await store.State.SaveAsync("rules", name, () => "rules"u8.ToArray());
            Assert.Single(await store.ReadAsync(name, 0, 10));
            Assert.Single(await store.ReadAsync("bob", 0, 10));
            store.Dispose();
            Assert.All(folder.GetFiles(), f => Assert.StartsWith("m.db", f.Name, StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] Deep(string open, string close, int depth) => System.Text.Encoding.UTF8.GetBytes(
        open + string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth)) + close);
}
