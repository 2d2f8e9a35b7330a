using ComIm.Server.Conferencing;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Server.Tests.Conferencing;

public sealed class RoomTests
{
    private const string Typing = "<?xml version=\"1.0\"?><isComposing xmlns=\"urn:ietf:params:xml:ns:im-iscomposing\"><state>active</state></isComposing>";
    private const string Lock = "<request xmlns=\"urn:ietf:params:xml:ns:cccp\" requestId=\"7\"><modifyConferenceLock><locked>true</locked></modifyConferenceLock></request>";

    [Fact]
    public async Task Message_GoesToAllOthers_AndSaysWhoSpeaks()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        await using var carol = await ConferencePeer.RegisteredAsync("carol", server);
        var (hers, room) = await alice.JoinAsync();
        await bob.JoinAsync(room);
        await carol.JoinAsync(room);

        var outcome = await ConferencePeer.SayAsync(hers, "<b>hello</b>", "text/html");

        Assert.Equal((202, "1"), (outcome.StatusCode, outcome.Response.Headers.Get("Message-Id")));
        foreach (var peer in new[] { bob, carol })
        {
            var heard = (await peer.InsideAsync()).Request;
            Assert.Equal(("text/html", "<b>hello</b>"), (heard.Headers.Get(HeaderId.ContentType), heard.BodyText));
            Assert.Equal(room, heard.From!.UriText);
            Assert.Equal("\"Alice\" <sip:alice@example.com>", heard.Headers.Get("P-Asserted-Identity"));
            Assert.Equal("<sip:alice@example.com>", heard.Headers.Get("Ms-Sender"));
            Assert.Equal("1", heard.Headers.Get("Message-Id"));
            Assert.NotNull(heard.Headers.Get(HeaderId.Date));
        }

        Assert.Equal(200, (await ConferencePeer.SayAsync(hers, Typing, "application/im-iscomposing+xml")).StatusCode);
        var typing = (await bob.InsideAsync()).Request;
        Assert.Equal(("\"Alice\" <sip:alice@example.com>", null), (typing.Headers.Get("P-Asserted-Identity"), typing.Headers.Get("Message-Id")));
        Assert.False(alice.HasMoreInside);
    }

    [Fact]
    public async Task Refer_LetsTheFocusInvite_InThePlaceOfTheNamedSession()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        var (_, room) = await alice.JoinAsync();

        var adding = alice.ReferAsync(room, "sip:bob@example.com?Replaces=abc%40x%3Bto-tag%3D1%3Bfrom-tag%3D2");
        var invite = await bob.InvitedAsync();

        Assert.Equal("abc@x;to-tag=1;from-tag=2", invite.Request.Headers.Get("Replaces"));
        Assert.Contains("replaces", invite.Request.Headers.GetValues(HeaderId.Require));
        Assert.Equal("\"Alice\" <sip:alice@example.com>", invite.Request.Headers.Get(HeaderId.ReferredBy));
        Assert.True(invite.Request.Contact!.Parameters.Contains("isfocus"));
        invite.Reject(481);
        Assert.Equal(481, await adding);
        Assert.Equal(488, await AnswerAsync(alice.ReferAsync(room, bob.Address), bob, ConferencePeer.Description("m=message 0 sip null\r\n")));
        Assert.Equal(200, await AnswerAsync(alice.ReferAsync(room, bob.Address), bob, ConferencePeer.Sdp));
        Assert.Equal(200, await alice.ReferAsync(room, bob.Address));
    }

    [Fact]
    public async Task Refer_IsRefusedToStrangersAndForStrangers()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        var (_, room) = await alice.JoinAsync();

        Assert.Equal(403, await bob.ReferAsync(room, "sip:carol@example.com"));
        Assert.Equal(480, await alice.ReferAsync(room, "sip:carol@example.com"));
        Assert.Equal(404, await alice.ReferAsync(room, "sip:nobody@example.com"));
        Assert.Equal(404, await alice.ReferAsync(room, "sip:bob@elsewhere.example"));
        Assert.Equal(501, await alice.ReferAsync(room, "sip:bob@example.com;method=MESSAGE"));
        Assert.Equal(404, await alice.ReferAsync(room, "sip:bob@example.com;method=BYE"));
        Assert.Equal(404, await alice.ReferAsync("sip:conf-00112233445566778899aabbccddeeff@example.com", bob.Address));
    }

    [Fact]
    public async Task Leader_TakesOutAndLocks_AttendeesMayNot()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        await using var carol = await ConferencePeer.RegisteredAsync("carol", server);
        var (hers, room) = await alice.JoinAsync();
        var (his, _) = await bob.JoinAsync(room);

        Assert.Equal(403, (await ConferencePeer.SayAsync(his, Lock, "application/cccp+xml", SipMethods.Info)).StatusCode);
        Assert.Equal(400, (await ConferencePeer.SayAsync(hers, "<request/>", "application/cccp+xml", SipMethods.Info)).StatusCode);
        Assert.Equal(415, (await ConferencePeer.SayAsync(hers, "x", "text/plain", SipMethods.Info)).StatusCode);
        var locked = await ConferencePeer.SayAsync(hers, Lock, "application/cccp+xml", SipMethods.Info);
        Assert.Equal(200, locked.StatusCode);
        Assert.Contains("requestId=\"7\"", locked.Response.BodyText, StringComparison.Ordinal);
        Assert.Equal(403, (await carol.CallAsync(room)).Outcome.StatusCode);

        Assert.Equal(403, await bob.ReferAsync(room, alice.Address + ";method=BYE"));
        Assert.Equal(200, await alice.ReferAsync(room, bob.Address + ";method=BYE"));
        Assert.Equal(SessionEndReason.RemoteBye, (await bob.EndedAsync()).Reason);
        Assert.Equal(403, (await bob.CallAsync(room)).Outcome.StatusCode);
    }

    [Fact]
    public async Task SecondSessionOfAUser_TakesThePlaceOfTheFirst()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        var (_, room) = await alice.JoinAsync();
        var (his, _) = await bob.JoinAsync(room);

        var (again, _) = await alice.JoinAsync(room);

        Assert.Equal(SessionEndReason.RemoteBye, (await alice.EndedAsync()).Reason);
        await ConferencePeer.SayAsync(his, "still there?");
        Assert.Equal(again.Dialog.Id.CallId, (await alice.InsideAsync()).Request.CallId);
        Assert.Equal(1, server.RoomCount);
    }

    [Fact]
    public async Task SecondSessionOfAUser_GetsWhatTheFirstHasNotAnswered()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        var (hers, room) = await alice.JoinAsync();
        var (lost, _) = await bob.JoinAsync(room);
        bob.Answers = null;
        foreach (var text in new[] { "under way", "waiting", "waiting too" })
        {
            Assert.Equal(202, (await ConferencePeer.SayAsync(hers, text)).StatusCode);
        }

        Assert.Equal("under way", (await bob.InsideAsync()).Request.BodyText);
        await using var again = await ConferencePeer.RegisteredAsync("bob", server);
        var (his, _) = await again.JoinAsync(room);

        foreach (var (number, text) in new[] { ("1", "under way"), ("2", "waiting"), ("3", "waiting too") })
        {
            var heard = (await again.InsideAsync()).Request;
            Assert.Equal((number, text), (heard.Headers.Get("Message-Id"), heard.BodyText));
        }

        Assert.NotEqual(lost.Dialog.Id.CallId, his.Dialog.Id.CallId);
        Assert.Equal(202, (await ConferencePeer.SayAsync(hers, "last")).StatusCode);
        Assert.Equal("last", (await again.InsideAsync()).Request.BodyText);
    }

    [Fact]
    public async Task LostParticipant_IsToldSo_AndGetsWhatWasAcceptedBeforeWhenHeComesBack()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        var (hers, room) = await alice.JoinAsync();
        await bob.JoinAsync(room);
        bob.Answers = null;
        Assert.Equal(202, (await ConferencePeer.SayAsync(hers, "under way")).StatusCode);
        Assert.Equal(202, (await ConferencePeer.SayAsync(hers, "waiting")).StatusCode);
        (await bob.InsideAsync()).Respond(481);

        Assert.True(ByeReason.IsLost(await bob.EndedAsync()));
        Assert.Equal(202, (await ConferencePeer.SayAsync(hers, "while he was out")).StatusCode);
        await using var again = await ConferencePeer.RegisteredAsync("bob", server);
        await again.JoinAsync(room);

        Assert.Equal("under way", (await again.InsideAsync()).Request.BodyText);
        Assert.Equal("waiting", (await again.InsideAsync()).Request.BodyText);
        Assert.Equal(202, (await ConferencePeer.SayAsync(hers, "last")).StatusCode);
        Assert.Equal("last", (await again.InsideAsync()).Request.BodyText);
    }

    [Fact]
    public async Task ParticipantWhoWasTakenOut_GetsNothingOfWhatWaited()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        var (hers, room) = await alice.JoinAsync();
        await bob.JoinAsync(room);
        bob.Answers = null;
        Assert.Equal(202, (await ConferencePeer.SayAsync(hers, "under way")).StatusCode);
        await bob.InsideAsync();

        Assert.Equal(200, await alice.ReferAsync(room, bob.Address + ";method=BYE"));
        Assert.False(ByeReason.IsLost(await bob.EndedAsync()));
        await using var again = await ConferencePeer.RegisteredAsync("bob", server);
        Assert.Equal(200, await AnswerAsync(alice.ReferAsync(room, bob.Address), again, ConferencePeer.Sdp));
        Assert.Equal(202, (await ConferencePeer.SayAsync(hers, "last")).StatusCode);

        Assert.Equal("last", (await again.InsideAsync()).Request.BodyText);
    }

    [Fact]
    public async Task InvitedUser_IsAskedEverywhere_AndTakenFromTheFirstWhoAccepts()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var desk = await ConferencePeer.RegisteredAsync("bob", server);
        await using var phone = await ConferencePeer.RegisteredAsync("bob", server);
        var (hers, room) = await alice.JoinAsync();

        var adding = alice.ReferAsync(room, desk.Address);
        var atDesk = await desk.InvitedAsync();
        var atPhone = await phone.InvitedAsync();
        atDesk.Ring();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        atDesk.Cancelled.Register(() => cancelled.TrySetResult());
        atPhone.Accept(ConferencePeer.Sdp);

        Assert.Equal(200, await adding);
        await cancelled.Task.WaitAsync(TestDomain.Guard);
        await ConferencePeer.SayAsync(hers, "hello");
        Assert.Equal("hello", (await phone.InsideAsync()).Request.BodyText);
    }

    [Fact]
    public async Task Invitation_IsTakenBack_WhenTheRoomEnds()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        var (hers, room) = await alice.JoinAsync();
        var adding = alice.ReferAsync(room, bob.Address);
        var invite = await bob.InvitedAsync();
        invite.Ring();
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        invite.Cancelled.Register(() => cancelled.TrySetResult());

        await hers.ByeAsync().WaitAsync(TestDomain.Guard);

        await cancelled.Task.WaitAsync(TestDomain.Guard);
        Assert.Equal(487, await adding);
    }

    [Fact]
    public async Task Meter_CountsRoomsAndMessages()
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
        listener.SetMeasurementEventCallback<int>((i, value, _, _) => seen.AddOrUpdate(i.Name, value, (_, old) => old + value));
        listener.Start();
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        var (hers, _) = await alice.JoinAsync();
        await ConferencePeer.SayAsync(hers, "hello");

        listener.RecordObservableInstruments();

        Assert.True(seen.GetValueOrDefault("comim.server.conferences") >= 1);
        Assert.True(seen.GetValueOrDefault("comim.server.conference.messages") >= 1);
    }

    [Fact]
    public async Task SlowParticipant_IsOutBeforeMuchHasPiledUp()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        var (hers, room) = await alice.JoinAsync();
        await bob.JoinAsync(room);
        bob.Answers = null;
        var ended = bob.EndedAsync();

        for (var i = 0; i < 510; i++)
        {
            Assert.Equal(202, (await ConferencePeer.SayAsync(hers, "more")).StatusCode);
        }

        Assert.Equal(SessionEndReason.RemoteBye, (await ended).Reason);
    }

    [Fact]
    public async Task Invite_WithoutMessages_MakesNoRoom()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);

        Assert.Equal(488, (await alice.CallAsync(ConferencePeer.Factory, ConferencePeer.Description("m=audio 4000 RTP/AVP 0\r\n"))).Outcome.StatusCode);
        Assert.Equal(420, (await alice.CallAsync(ConferencePeer.Factory, null, r => r.Headers.Add(HeaderId.Require, "magic"))).Outcome.StatusCode);
        Assert.Equal(405, (await alice.SendAsync(alice.Create(SipMethods.Message, ConferencePeer.Factory))).StatusCode);
        Assert.Equal(200, (await alice.SendAsync(alice.Create(SipMethods.Options, ConferencePeer.Factory))).StatusCode);
        Assert.Equal(0, server.RoomCount);
    }

    [Fact]
    public async Task Limits_AreAnsweredAndGivenBack()
    {
        await using var server = await TestDomain.StartAsync(o => o with
        {
            Conferences = new ConferenceOptions { MaxRooms = 2, MaxRoomsPerUser = 1, MaxParticipants = 2, MaxMessageBytes = 10 },
        });
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);
        await using var bob = await ConferencePeer.RegisteredAsync("bob", server);
        await using var carol = await ConferencePeer.RegisteredAsync("carol", server);
        var (hers, room) = await alice.JoinAsync();

        var refused = (await alice.CallAsync(ConferencePeer.Factory)).Outcome;
        Assert.Equal((503, "10"), (refused.StatusCode, refused.Response.Headers.Get(HeaderId.RetryAfter)));
        await bob.JoinAsync(room);
        Assert.Equal(486, (await carol.CallAsync(room)).Outcome.StatusCode);
        Assert.Equal(503, await alice.ReferAsync(room, carol.Address));
        Assert.Equal(413, (await ConferencePeer.SayAsync(hers, "hello world")).StatusCode);
        await carol.JoinAsync();
        Assert.Equal(503, (await bob.CallAsync(ConferencePeer.Factory)).Outcome.StatusCode);

        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.RoomEnded += () => ended.TrySetResult();
        await alice.ReferAsync(room, bob.Address + ";method=BYE");
        await hers.ByeAsync().WaitAsync(TestDomain.Guard);
        await alice.EndedAsync();
        await ended.Task.WaitAsync(TestDomain.Guard);
        Assert.Equal(1, server.RoomCount);
        await alice.JoinAsync();
    }

    [Fact]
    public async Task NoRooms_MeansNoFactory()
    {
        await using var server = await TestDomain.StartAsync(o => o with { Conferences = new ConferenceOptions { MaxRooms = 0 } });
        await using var alice = await ConferencePeer.RegisteredAsync("alice", server);

        Assert.Equal(404, (await alice.CallAsync(ConferencePeer.Factory)).Outcome.StatusCode);
    }

    private static async Task<int> AnswerAsync(Task<int> adding, ConferencePeer peer, SessionBody answer)
    {
        (await peer.InvitedAsync()).Accept(answer);
        return await adding;
    }
}
