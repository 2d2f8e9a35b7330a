using System.Net;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Tests.Wire;
using ComIm.Sip.Transactions;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Dialogs;

/// <summary>Forking, CANCEL races and challenges, against a peer that says what the test wants.</summary>
public sealed class OutgoingInviteTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryWire _wire = new();
    private readonly Party _party;
    private readonly RawPeer _peer;
    private readonly RecordingHandler _handler = new();

    public OutgoingInviteTests()
    {
        _party = new Party(_wire, _clock, "alice", 5061, 5070);
        _peer = new RawPeer(_wire, 5070, new IPEndPoint(IPAddress.Loopback, 5061));
    }

    [Fact]
    public async Task Fork_EarlyDialogs_EachHasItsOwnUntilOneAnswers()
    {
        var (invite, request) = await InviteAsync();
        _peer.Answer(request, 180, "one");
        _peer.Answer(request, 183, "two");
        _peer.Answer(request, 180, "one");
        Assert.Equal(["one", "two"], invite.Branches.Select(b => b.Dialog.Id.RemoteTag));
        Assert.Equal([180, 183, 180], _handler.Progress);

        _peer.Answer(request, 200, "two");
        var session = (await invite.Completion).Session!;
        Assert.Equal("two", session.Dialog.Id.RemoteTag);
        Assert.Equal(InviteSessionState.Established, session.State);
        Assert.Equal("two", (await _peer.RequestAsync(SipMethods.Ack)).To!.Tag);
        Assert.Equal(2, _party.Dialogs.Count);

        // Whoever has not answered 64*T1 later never will (RFC 3261 section 13.2.2.4).
        _clock.Advance(TimeSpan.FromSeconds(33));
        Assert.Equal(SessionEndReason.NotAnswered, (await _handler.EndedAsync()).Reason);
        Assert.Equal(1, _party.Dialogs.Count);
    }

    [Fact]
    public async Task Fork_MoreEarlyDialogsThanAnybodyHasPlaces_AreNotKept()
    {
        var (invite, request) = await InviteAsync();
        for (var i = 0; i < 100; i++)
        {
            _peer.Answer(request, 183, $"tag{i}");
        }

        Assert.Equal((64, 64, 100), (invite.Branches.Count, _party.Dialogs.Count, _handler.Progress.Count));
        _peer.Answer(request, 200, "tag99");
        Assert.Equal("tag99", (await invite.Completion.WaitAsync(TimeSpan.FromSeconds(20))).Session!.Dialog.Id.RemoteTag);
        Assert.Equal("tag99", (await _peer.RequestAsync(SipMethods.Ack)).To!.Tag);
    }

    [Fact]
    public async Task Fork_SecondAnswer_IsAcknowledgedAndEndedByBye()
    {
        var (invite, request) = await InviteAsync();
        _peer.Answer(request, 200, "one");
        _peer.Answer(request, 200, "two");
        Assert.Equal("one", (await invite.Completion).Session!.Dialog.Id.RemoteTag);
        Assert.Equal("one", (await _peer.RequestAsync(SipMethods.Ack)).To!.Tag);
        Assert.Equal("two", (await _peer.RequestAsync(SipMethods.Ack)).To!.Tag);
        var bye = await _peer.RequestAsync(SipMethods.Bye);
        Assert.Equal("two", bye.To!.Tag);
        _peer.Respond(bye, 200);
        Assert.Equal(SessionEndReason.NotWanted, (await _handler.EndedAsync()).Reason);
        Assert.Equal(1, _party.Dialogs.Count);
    }

    [Fact]
    public async Task Fork_SecondAnswerWanted_IsKept()
    {
        var handler = new RecordingHandler { KeepsFurtherAnswers = true };
        var (_, request) = await InviteAsync(handler);
        _peer.Answer(request, 200, "one");
        _peer.Answer(request, 200, "two");
        await _wire.RequestAsync(SipMethods.Ack, 2);
        Assert.Equal("two", Assert.Single(handler.FurtherAnswers).Dialog.Id.RemoteTag);
        Assert.Equal(InviteSessionState.Established, handler.FurtherAnswers[0].State);
        Assert.Equal(0, _wire.CountRequests(SipMethods.Bye));
    }

    [Fact]
    public async Task Success_Again_IsAcknowledgedWithTheSameAck()
    {
        var (_, request) = await InviteAsync();
        _peer.Answer(request, 200, "one");
        _peer.Answer(request, 200, "one");
        var first = await _peer.RequestAsync(SipMethods.Ack);
        var second = await _peer.RequestAsync(SipMethods.Ack);
        Assert.Equal(first.ToString(), second.ToString());
        Assert.Equal(0, _wire.CountRequests(SipMethods.Bye));
    }

    [Fact]
    public async Task Success_OfStrictRouter_RoutesTheAckThroughIt()
    {
        var (_, request) = await InviteAsync();
        var ack = default(SipRequest);
        _peer.Answer(request, 200, "one", r => r.Headers.Add(HeaderId.RecordRoute, $"<sip:far.example.com;lr>, <sip:127.0.0.1:5070>"));
        ack = await _peer.RequestAsync(SipMethods.Ack);
        Assert.Equal("sip:127.0.0.1:5070", ack.RequestUriText);
        Assert.Equal(["<sip:far.example.com;lr>", _peer.Contact], ack.Headers.GetValues(HeaderId.Route));
    }

    [Fact]
    public async Task Cancel_BeforeAnswer_EndsWith487()
    {
        var (invite, request) = await InviteAsync();
        invite.Cancel();
        _peer.Answer(request, 180, "one");
        _peer.Respond(await _peer.RequestAsync(SipMethods.Cancel), 200, "one");
        _peer.Respond(request, 487, "one");
        Assert.Equal(487, (await invite.Completion).Outcome.StatusCode);
        Assert.Equal(SessionEndReason.NotAnswered, (await _handler.EndedAsync()).Reason);
        Assert.Equal(0, _party.Dialogs.Count);
    }

    [Fact]
    public async Task Cancel_CrossedBy200_IsAcknowledgedAndEndedByBye()
    {
        var (invite, request) = await InviteAsync();
        _peer.Answer(request, 180, "one");
        invite.Cancel();
        await _peer.RequestAsync(SipMethods.Cancel);
        _peer.Answer(request, 200, "one");
        Assert.Equal("one", (await _peer.RequestAsync(SipMethods.Ack)).To!.Tag);
        _peer.Respond(await _peer.RequestAsync(SipMethods.Bye), 200);
        var outcome = await invite.Completion;
        Assert.Equal(200, outcome.Outcome.StatusCode);
        Assert.Null(outcome.Session);
        Assert.Equal(SessionEndReason.NotAnswered, (await _handler.EndedAsync()).Reason);
    }

    [Fact]
    public async Task Cancel_AfterAnswer_DoesNothing()
    {
        var (invite, request) = await InviteAsync();
        _peer.Answer(request, 200, "one");
        Assert.NotNull((await invite.Completion).Session);
        invite.Cancel();
        Assert.Equal(0, _wire.CountRequests(SipMethods.Cancel));
    }

    [Fact]
    public async Task Cancel_DuringChallenge_IsNotTriedAgain()
    {
        var (invite, request) = await InviteAsync();
        invite.Cancel();
        _peer.Respond(request, 401, "one", r => r.Headers.Add(HeaderId.WwwAuthenticate, "Digest realm=\"example.com\", nonce=\"n\", qop=\"auth\""));
        Assert.Equal(487, (await invite.Completion).Outcome.StatusCode);
        Assert.Equal(1, _wire.CountRequests(SipMethods.Invite));
    }

    [Fact]
    public async Task Challenge_IsAnsweredWithTheNextNumberAndTheAckHasTheCredentials()
    {
        var (invite, request) = await InviteAsync();
        _peer.Respond(request, 407, "one", r => r.Headers.Add(HeaderId.ProxyAuthenticate, "Digest realm=\"example.com\", nonce=\"n\", qop=\"auth\""));
        var second = await _peer.RequestAsync(SipMethods.Invite);
        Assert.Equal(2u, second.CSeq!.Value.Number);
        _peer.Answer(second, 200, "two");
        await invite.Completion;
        var ack = await _peer.RequestAsync(SipMethods.Ack);
        Assert.Equal("2 ACK", ack.Headers.Get(HeaderId.CSeq));
        Assert.Equal(second.Headers.Get(HeaderId.ProxyAuthorization), ack.Headers.Get(HeaderId.ProxyAuthorization));
    }

    [Fact]
    public async Task Refusal_422_IsAskedAgainWithMore()
    {
        var (invite, request) = await InviteAsync();
        _peer.Respond(request, 422, "one", r => r.Headers.Add(HeaderId.MinSE, "600"));
        var second = await _peer.RequestAsync(SipMethods.Invite);
        Assert.Null(second.Headers.Get(HeaderId.SessionExpires));
        _peer.Answer(second, 200, "two");
        Assert.NotNull((await invite.Completion).Session);
        Assert.Equal(request.CallId, second.CallId);
        Assert.Equal(2u, second.CSeq!.Value.Number);
    }

    [Fact]
    public async Task Handler_Throwing_HarmsOnlyItself()
    {
        var invite = _party.Sessions.Invite(SessionFixture.BobUri, null, new ThrowingHandler());
        var request = await _peer.RequestAsync(SipMethods.Invite);
        _peer.Answer(request, 180, "one");
        _peer.Answer(request, 200, "one");
        _peer.Answer(request, 200, "two");
        var session = (await invite.Completion).Session!;
        _peer.Respond(await _peer.RequestAsync(SipMethods.Bye), 200);
        _peer.Send(_peer.CreateBack(request, "one", SipMethods.Message, 1));
        Assert.Equal(500, (await _peer.ResponseAsync(SipMethods.Message)).StatusCode);
        _peer.Send(_peer.CreateBack(request, "one", SipMethods.Bye, 2));
        Assert.Equal(200, (await _peer.ResponseAsync(SipMethods.Bye)).StatusCode);
        Assert.Equal(InviteSessionState.Ended, session.State);
    }

    [Fact]
    public async Task Silence_EndsWith408()
    {
        var (invite, _) = await InviteAsync();
        _clock.Advance(TimeSpan.FromSeconds(33));
        var outcome = await invite.Completion;
        Assert.Equal(408, outcome.Outcome.StatusCode);
        Assert.NotNull(outcome.Outcome.Failure);
    }

    [Fact]
    public async Task EarlyDialog_UpdateFromPeerWithOffer_CrossesOurs()
    {
        var (_, request) = await InviteAsync();
        _peer.Answer(request, 183, "one");
        var update = _peer.CreateBack(request, "one", SipMethods.Update, 1);
        SessionFixture.Offer.WriteTo(update);
        _peer.Send(update);
        Assert.Equal(491, (await _peer.ResponseAsync(SipMethods.Update)).StatusCode);
        _peer.Send(_peer.CreateBack(request, "one", SipMethods.Update, 2));
        Assert.Equal(200, (await _peer.ResponseAsync(SipMethods.Update)).StatusCode);
    }

    [Fact]
    public async Task Reinvite_Crossing_Is491BothWaysAndComesAgainLater()
    {
        var (invite, request) = await InviteAsync();
        _peer.Answer(request, 200, "one");
        var session = (await invite.Completion).Session!;
        var change = session.ReinviteAsync(SessionFixture.Answer);
        var ours = await _peer.RequestAsync(SipMethods.Invite);
        _peer.Send(_peer.CreateBack(request, "one", SipMethods.Invite, 1));
        Assert.Equal(491, (await _peer.ResponseAsync(SipMethods.Invite)).StatusCode);
        var armed = _clock.UntilArmedAsync(_clock.ArmedTimers + 1);
        _peer.Respond(ours, 491);
        await armed.WaitAsync(TimeSpan.FromSeconds(20));

        // We own the Call-ID: 2.1 to 4 s (RFC 3261 section 14.1).
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, _wire.Count(m => m is SipRequest { Method: SipMethods.Invite } r && r.From!.Tag == request.From!.Tag));
        _clock.Advance(TimeSpan.FromSeconds(2.1));
        _peer.Answer(await _peer.RequestAsync(SipMethods.Invite), 200, "one");
        Assert.Equal(200, (await change.WaitAsync(TimeSpan.FromSeconds(20))).StatusCode);
    }

    [Fact]
    public async Task Dialog_LowerNumber_Is500AndUnknownDialog481()
    {
        var (_, request) = await InviteAsync();
        _peer.Answer(request, 200, "one");
        await _wire.RequestAsync(SipMethods.Ack);
        _peer.Send(_peer.CreateBack(request, "one", SipMethods.Message, 5));
        Assert.Equal(200, (await _peer.ResponseAsync(SipMethods.Message)).StatusCode);
        _peer.Send(_peer.CreateBack(request, "one", SipMethods.Message, 4));
        Assert.Equal(500, (await _peer.ResponseAsync(SipMethods.Message)).StatusCode);
        _peer.Send(_peer.CreateBack(request, "other", SipMethods.Message, 6));
        Assert.Equal(481, (await _peer.ResponseAsync(SipMethods.Message)).StatusCode);
    }

    public ValueTask DisposeAsync() => _party.DisposeAsync();

    private async Task<(OutgoingInvite Invite, SipRequest Request)> InviteAsync(RecordingHandler? handler = null)
    {
        var invite = _party.Sessions.Invite(SessionFixture.BobUri, SessionFixture.Offer, handler ?? _handler);
        return (invite, await _peer.RequestAsync(SipMethods.Invite));
    }

    private sealed class ThrowingHandler : ISessionHandler
    {
        public void OnProgress(OutgoingInvite invite, SipResponse response) => throw new InvalidOperationException();

        public SessionBody? AnswerInAck(InviteSession session, SipResponse response) => throw new InvalidOperationException();

        public bool OnFurtherAnswer(InviteSession session) => throw new InvalidOperationException();

        public void OnRequest(InviteSession session, ServerTransaction transaction) => throw new InvalidOperationException();

        public void OnEnded(InviteSession session, SessionEnd ending) => throw new InvalidOperationException();
    }
}
