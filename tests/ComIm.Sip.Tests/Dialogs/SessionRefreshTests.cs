using System.Net;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Tests.Wire;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Dialogs;

/// <summary>RFC 4028 section 7.4: a session whose peer does not take UPDATE is refreshed by re-INVITE.</summary>
public sealed class SessionRefreshTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryWire _wire = new();
    private readonly Party _party;
    private readonly RawPeer _peer;
    private readonly RecordingHandler _handler = new();
    private SipRequest? _invite;

    public SessionRefreshTests()
    {
        _party = new Party(_wire, _clock, "alice", 5061, 5070, new SessionTimerOptions { Interval = TimeSpan.FromSeconds(90) });
        _peer = new RawPeer(_wire, 5070, new IPEndPoint(IPAddress.Loopback, 5061));
    }

    [Fact]
    public async Task Refresh_PeerWithoutUpdate_IsAReinviteWithTheSameOffer()
    {
        var session = await EstablishAsync("90;refresher=uac");
        for (var i = 1; i <= 3; i++)
        {
            var before = session.Timer;
            _clock.Advance(TimeSpan.FromSeconds(45.1));
            var refresh = await _peer.RequestAsync(SipMethods.Invite);
            Assert.Equal(("one", "90;refresher=uac"), (refresh.To!.Tag, refresh.Headers.Get(HeaderId.SessionExpires)));
            Assert.Equal(SessionFixture.Offer.Content.ToArray(), refresh.Body.ToArray());
            Answer(refresh, "90;refresher=uac");
            Assert.Equal(refresh.CSeq!.Value.Number, (await _peer.RequestAsync(SipMethods.Ack)).CSeq!.Value.Number);
            await SessionFixture.UntilAsync(() => !ReferenceEquals(session.Timer, before));
        }

        Assert.Equal((InviteSessionState.Established, 0), (session.State, _wire.CountRequests(SipMethods.Update)));
        Assert.Equal(4, _wire.CountRequests(SipMethods.Invite));
    }

    [Fact]
    public async Task Refresh_AnsweredWithoutATimer_IsTheLast()
    {
        var session = await EstablishAsync("90;refresher=uac");
        _clock.Advance(TimeSpan.FromSeconds(45.1));
        Answer(await _peer.RequestAsync(SipMethods.Invite), null);
        await SessionFixture.UntilAsync(() => session.Timer is null);
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal((InviteSessionState.Established, 2), (session.State, _wire.CountRequests(SipMethods.Invite)));
    }

    [Fact]
    public async Task Refresh_Refused_EndsTheSessionBeforeItExpires()
    {
        await EstablishAsync("90;refresher=uac");
        _clock.Advance(TimeSpan.FromSeconds(45.1));
        _peer.Respond(await _peer.RequestAsync(SipMethods.Invite), 500);
        await _peer.RequestAsync(SipMethods.Ack);
        _clock.Advance(TimeSpan.FromSeconds(15));
        _peer.Respond(await _peer.RequestAsync(SipMethods.Bye), 200);
        Assert.Equal(SessionEndReason.Expired, (await _handler.EndedAsync()).Reason);
    }

    [Fact]
    public async Task Refresh_ByThePeer_KeepsTheSessionAndItsSilenceEndsIt()
    {
        var session = await EstablishAsync("90;refresher=uas");
        for (uint number = 1; number <= 3; number++)
        {
            _clock.Advance(TimeSpan.FromSeconds(45.1));
            var refresh = _peer.CreateBack(_invite!, "one", SipMethods.Invite, number);
            refresh.Headers.Add(HeaderId.Supported, "timer");
            refresh.Headers.Add(HeaderId.SessionExpires, "90;refresher=uac");
            SessionFixture.Answer.WriteTo(refresh);
            _peer.Send(refresh);
            var answer = await _peer.ResponseAsync(SipMethods.Invite);
            Assert.Equal((200, "90;refresher=uac"), (answer.StatusCode, answer.Headers.Get(HeaderId.SessionExpires)));
            _peer.Send(_peer.CreateBack(_invite!, "one", SipMethods.Ack, number));
            Assert.Equal(InviteSessionState.Established, session.State);
        }

        _clock.Advance(TimeSpan.FromSeconds(61));
        _peer.Respond(await _peer.RequestAsync(SipMethods.Bye), 200);
        Assert.Equal(SessionEndReason.Expired, (await _handler.EndedAsync()).Reason);
    }

    public ValueTask DisposeAsync() => _party.DisposeAsync();

    private async Task<InviteSession> EstablishAsync(string expires)
    {
        var invite = _party.Sessions.Invite(SessionFixture.BobUri, SessionFixture.Offer, _handler);
        _invite = await _peer.RequestAsync(SipMethods.Invite);
        Assert.Equal("90", _invite.Headers.Get(HeaderId.SessionExpires));
        Answer(_invite, expires);
        var session = (await invite.Completion.WaitAsync(TimeSpan.FromSeconds(20))).Session!;
        await _peer.RequestAsync(SipMethods.Ack);
        return session;
    }

    private void Answer(SipRequest invite, string? expires) => _peer.Answer(invite, 200, "one", r =>
    {
        if (expires is not null)
        {
            r.Headers.Add(HeaderId.SessionExpires, expires);
            r.Headers.Add(HeaderId.Require, "timer");
        }

        r.SetBody("application/sdp", SessionFixture.Answer.Content);
    });
}
