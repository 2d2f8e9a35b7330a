using System.Text;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Dialogs;

public sealed class InviteSessionTests
{
    [Fact]
    public async Task Session_MessagesBothWaysAndBye_EndsOnBothSides()
    {
        await using var net = new SessionFixture();
        var (alice, bob) = await net.EstablishAsync();
        Assert.Equal(SessionFixture.Answer.Content.ToArray(), alice.RemoteBody!.Content.ToArray());
        Assert.Equal(SessionFixture.Offer.Content.ToArray(), bob.RemoteBody!.Content.ToArray());
        Assert.Equal(alice.Dialog.Id.LocalTag, bob.Dialog.Id.RemoteTag);

        Assert.Equal(200, (await SendTextAsync(alice, "hello")).StatusCode);
        Assert.Equal("hello", (await net.BobHandler.RequestAsync()).Request.BodyText);
        Assert.Equal(200, (await SendTextAsync(bob, "hi")).StatusCode);
        Assert.Equal("hi", (await net.AliceHandler.RequestAsync()).Request.BodyText);

        Assert.Equal(200, (await alice.ByeAsync())!.StatusCode);
        Assert.Equal(SessionEndReason.LocalBye, (await net.AliceHandler.EndedAsync()).Reason);
        Assert.Equal(SessionEndReason.RemoteBye, (await net.BobHandler.EndedAsync()).Reason);
        Assert.Equal((0, 0), (net.Alice.Dialogs.Count, net.Bob.Dialogs.Count));
        Assert.Null(await alice.ByeAsync());
        Assert.Equal(481, (await SendTextAsync(alice, "late")).StatusCode);
    }

    [Fact]
    public async Task Session_RequestsInside_CountUpFromTheInvite()
    {
        await using var net = new SessionFixture();
        var (alice, bob) = await net.EstablishAsync();
        await SendTextAsync(alice, "one");
        await SendTextAsync(alice, "two");
        await SendTextAsync(bob, "three");
        Assert.Equal(2u, (await net.BobHandler.RequestAsync()).Request.CSeq!.Value.Number);
        Assert.Equal(3u, (await net.BobHandler.RequestAsync()).Request.CSeq!.Value.Number);
        Assert.Equal(1u, (await net.AliceHandler.RequestAsync()).Request.CSeq!.Value.Number);
        Assert.Equal(1u, (await net.Wire.RequestAsync(SipMethods.Ack)).CSeq!.Value.Number);
    }

    [Fact]
    public async Task Success_AckLost_IsSentAgainAndAcknowledgedEachTime()
    {
        await using var net = new SessionFixture();
        net.Wire.Lose = m => m is SipRequest { Method: SipMethods.Ack };
        await net.EstablishAsync();
        net.Clock.Advance(TimeSpan.FromMilliseconds(510));
        net.Clock.Advance(TimeSpan.FromMilliseconds(1010));
        await net.Wire.RequestAsync(SipMethods.Ack, 3);
        Assert.Equal(3, net.Wire.CountResponses(200, SipMethods.Invite));

        net.Wire.Lose = _ => false;
        net.Clock.Advance(TimeSpan.FromMilliseconds(2010));
        await net.Wire.RequestAsync(SipMethods.Ack, 4);
        net.Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(4, net.Wire.CountResponses(200, SipMethods.Invite));
        Assert.Single(Enumerable.Range(0, 4).Select(i => net.Wire.RequestAsync(SipMethods.Ack, i + 1).Result.TopVia!.Branch).Distinct());
    }

    [Fact]
    public async Task Success_NeverAcknowledged_EndsByByeAfter64T1()
    {
        await using var net = new SessionFixture();
        net.Wire.Lose = m => m is SipRequest { Method: SipMethods.Ack };
        var (_, bob) = await net.EstablishAsync();
        var bye = bob.ByeAsync();
        Assert.Equal(0, net.Wire.CountRequests(SipMethods.Bye));
        net.Clock.Advance(TimeSpan.FromSeconds(33));
        await net.Wire.ResponseAsync(200, SipMethods.Bye);
        await bye;
        Assert.Equal(SessionEndReason.RemoteBye, (await net.AliceHandler.EndedAsync()).Reason);

        // Intervals of 0.5, 1, 2, 4, 4 … seconds up to 32 (RFC 3261 section 13.3.1.4).
        Assert.Equal(11, net.Wire.CountResponses(200, SipMethods.Invite));
    }

    [Fact]
    public async Task Callee_ByeBeforeAck_WaitsForAck()
    {
        await using var net = new SessionFixture();
        var lost = 0;
        net.Wire.Lose = m => m is SipRequest { Method: SipMethods.Ack } && lost++ == 0;
        var (_, bob) = await net.EstablishAsync();
        var bye = bob.ByeAsync();
        Assert.Equal(0, net.Wire.CountRequests(SipMethods.Bye));
        net.Clock.Advance(TimeSpan.FromMilliseconds(510));
        Assert.Equal(200, (await bye.WaitAsync(TimeSpan.FromSeconds(20)))!.StatusCode);
    }

    [Fact]
    public async Task Ringing_ThenRefused_EndsEarlySession()
    {
        await using var net = new SessionFixture();
        var invite = net.Alice.Sessions.Invite(SessionFixture.BobUri, SessionFixture.Offer, net.AliceHandler);
        var incoming = await net.Bob.InviteAsync(net.BobHandler);
        incoming.Ring();
        Assert.Equal(InviteSessionState.Early, Assert.Single(invite.Branches).State);
        Assert.Equal([180], net.AliceHandler.Progress);
        incoming.Reject(486);
        var outcome = await invite.Completion;
        Assert.Equal(486, outcome.Outcome.StatusCode);
        Assert.Null(outcome.Session);
        Assert.Equal(SessionEndReason.NotAnswered, (await net.AliceHandler.EndedAsync()).Reason);
        Assert.Equal(SessionEndReason.NotAnswered, (await net.BobHandler.EndedAsync()).Reason);
        Assert.Equal((0, 0), (net.Alice.Dialogs.Count, net.Bob.Dialogs.Count));
    }

    [Fact]
    public async Task Invite_WithoutOffer_IsOfferedInThe200AndAnsweredInTheAck()
    {
        await using var net = new SessionFixture { AliceHandler = new RecordingHandler { LateAnswer = _ => SessionFixture.Answer } };
        var invite = net.Alice.Sessions.Invite(SessionFixture.BobUri, null, net.AliceHandler);
        var bob = (await net.Bob.InviteAsync(net.BobHandler)).Accept(SessionFixture.Offer)!;
        await invite.Completion;
        await net.Wire.RequestAsync(SipMethods.Ack);
        Assert.Equal(SessionFixture.Answer.Content.ToArray(), bob.RemoteBody!.Content.ToArray());
    }

    [Fact]
    public async Task Request_PeerKnowsNothing_LosesTheSession()
    {
        await using var net = new SessionFixture();
        var (alice, bob) = await net.EstablishAsync();
        net.Bob.Dialogs.Remove(bob.Dialog, bob);
        Assert.Equal(481, (await SendTextAsync(alice, "anybody?")).StatusCode);
        Assert.Equal(SessionEndReason.PeerLost, (await net.AliceHandler.EndedAsync()).Reason);
        Assert.Equal(1, net.Wire.CountRequests(SipMethods.Bye));
    }

    [Fact]
    public async Task Bye_Behind481_SaysThatThePeerHasLeft()
    {
        await using var net = new SessionFixture();
        var (alice, bob) = await net.EstablishAsync();
        net.Wire.Lose = m => m is SipRequest { Method: SipMethods.Bye } bye && bye.From!.Uri!.User == "alice";
        net.Bob.Dialogs.Remove(bob.Dialog, bob);
        Assert.Equal(481, (await SendTextAsync(alice, "crosses the BYE")).StatusCode);
        Assert.Equal(InviteSessionState.Ending, alice.State);
        Assert.Equal(200, (await bob.ByeAsync())!.StatusCode);
        Assert.Equal(SessionEndReason.RemoteBye, (await net.AliceHandler.EndedAsync()).Reason);
    }

    [Fact]
    public async Task Bye_FromBothSidesAtOnce_EndsBoth()
    {
        await using var net = new SessionFixture();
        var (alice, bob) = await net.EstablishAsync();
        net.Wire.Lose = m => m is SipRequest { Method: SipMethods.Bye };
        var first = alice.ByeAsync();
        var second = bob.ByeAsync();
        net.Wire.Lose = _ => false;
        net.Clock.Advance(TimeSpan.FromMilliseconds(510));

        // Who is through first knows nothing of the dialog any more.
        Assert.True((await first.WaitAsync(TimeSpan.FromSeconds(20)))!.StatusCode is 200 or 481);
        Assert.True((await second.WaitAsync(TimeSpan.FromSeconds(20)))!.StatusCode is 200 or 481);
        Assert.Equal(SessionEndReason.LocalBye, (await net.AliceHandler.EndedAsync()).Reason);
        Assert.Equal(SessionEndReason.LocalBye, (await net.BobHandler.EndedAsync()).Reason);
    }

    [Fact]
    public async Task Request_UnknownMethodOrOption_IsRefused()
    {
        await using var net = new SessionFixture { BobHandler = new RecordingHandler() };
        var (alice, _) = await net.EstablishAsync();
        var strange = alice.CreateRequest(SipMethods.Info);
        strange.Headers.Add(HeaderId.Require, "teleport");
        var outcome = await alice.SendAsync(strange);
        Assert.Equal(420, outcome.StatusCode);
        Assert.Equal("teleport", outcome.Response.Headers.Get(HeaderId.Unsupported));
        Assert.Equal(481, (await alice.SendAsync(NotifyWithoutSubscription(alice))).StatusCode);
    }

    private static SipRequest NotifyWithoutSubscription(InviteSession session)
    {
        var notify = session.CreateRequest(SipMethods.Notify);
        notify.Headers.Add(HeaderId.Event, "presence");
        return notify;
    }

    private static Task<SipOutcome> SendTextAsync(InviteSession session, string text)
    {
        var request = session.CreateRequest(SipMethods.Message);
        request.SetBody("text/plain", Encoding.UTF8.GetBytes(text));
        return session.SendAsync(request);
    }
}
