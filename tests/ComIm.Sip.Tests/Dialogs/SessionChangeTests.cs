using System.Text;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Tests.Dialogs;

/// <summary>re-INVITE, UPDATE, their crossings, and session timers.</summary>
public sealed class SessionChangeTests
{
    private static readonly SessionBody Changed = new("application/sdp", Encoding.ASCII.GetBytes("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n"));

    private static SessionTimerOptions Timer { get; } = new() { Interval = TimeSpan.FromSeconds(90) };

    [Theory]
    [InlineData(SipMethods.Invite)]
    [InlineData(SipMethods.Update)]
    public async Task Change_IsOfferedAndAnswered(string method)
    {
        await using var net = new SessionFixture();
        var (alice, bob) = await net.EstablishAsync();
        var outcome = method == SipMethods.Invite ? await bob.ReinviteAsync(Changed) : await bob.UpdateAsync(Changed);
        Assert.Equal(200, outcome.StatusCode);
        Assert.Equal(Changed.Content.ToArray(), alice.RemoteBody!.Content.ToArray());
        Assert.Equal(SessionFixture.Offer.Content.ToArray(), bob.RemoteBody!.Content.ToArray());
        if (method == SipMethods.Invite)
        {
            var ack = await net.Wire.RequestAsync(SipMethods.Ack, 2);
            Assert.Equal(1u, ack.CSeq!.Value.Number);
            Assert.Equal(200, (await alice.ReinviteAsync(Changed)).StatusCode);
        }
    }

    [Fact]
    public async Task Change_Refused_LeavesTheSession()
    {
        await using var net = new SessionFixture { BobHandler = new RecordingHandler { Answer = _ => new((SessionBody?)null) } };
        var (alice, bob) = await net.EstablishAsync();
        Assert.Equal(488, (await alice.ReinviteAsync(Changed)).StatusCode);
        Assert.Equal(488, (await alice.UpdateAsync(Changed)).StatusCode);
        Assert.Equal((InviteSessionState.Established, InviteSessionState.Established), (alice.State, bob.State));
        Assert.Equal(SessionFixture.Offer.Content.ToArray(), alice.LocalBody!.Content.ToArray());
    }

    [Fact]
    public async Task Reinvite_WhilePeerAnswersOne_Waits()
    {
        var answer = new TaskCompletionSource<SessionBody?>();
        await using var net = new SessionFixture { BobHandler = new RecordingHandler { Answer = _ => new(answer.Task) } };
        var (alice, bob) = await net.EstablishAsync();
        var first = alice.ReinviteAsync(Changed);
        await net.Wire.RequestAsync(SipMethods.Invite, 2);
        var crossing = bob.ReinviteAsync(Changed);
        Assert.Equal(2, net.Wire.CountRequests(SipMethods.Invite));
        answer.SetResult(SessionFixture.Answer);
        Assert.Equal(200, (await first.WaitAsync(TimeSpan.FromSeconds(20))).StatusCode);
        await net.Wire.RequestAsync(SipMethods.Ack, 2);
        net.Clock.Advance(TimeSpan.FromSeconds(2.1));
        Assert.Equal(200, (await crossing.WaitAsync(TimeSpan.FromSeconds(20))).StatusCode);
    }

    [Fact]
    public async Task Reinvite_SecondBeforeAnswer_Is500WithRetryAfter()
    {
        var answer = new TaskCompletionSource<SessionBody?>();
        await using var net = new SessionFixture { BobHandler = new RecordingHandler { Answer = _ => new(answer.Task) } };
        var (alice, _) = await net.EstablishAsync();
        var first = alice.UpdateAsync(Changed);
        var second = alice.CreateRequest(SipMethods.Invite);
        second.Headers.Add(HeaderId.Contact, "<sip:alice@127.0.0.1:5061>");
        var outcome = await alice.SendAsync(second);
        Assert.Equal(500, outcome.StatusCode);
        Assert.True(outcome.Response.Headers.Contains(HeaderId.RetryAfter));
        answer.SetResult(SessionFixture.Answer);
        Assert.Equal(200, (await first).StatusCode);
    }

    [Fact]
    public async Task Reinvite_Cancelled_IsAnswered487AndTheSessionStays()
    {
        var answer = new TaskCompletionSource<SessionBody?>();
        await using var net = new SessionFixture { BobHandler = new RecordingHandler { Answer = _ => new(answer.Task) } };
        var (alice, bob) = await net.EstablishAsync();
        using var cancel = new CancellationTokenSource();
        var first = alice.ReinviteAsync(Changed, cancel.Token);
        await net.Wire.RequestAsync(SipMethods.Invite, 2);
        net.Clock.Advance(TimeSpan.FromMilliseconds(210));
        await cancel.CancelAsync();
        Assert.Equal(487, (await first.WaitAsync(TimeSpan.FromSeconds(20))).StatusCode);
        answer.SetResult(SessionFixture.Answer);
        Assert.Equal(InviteSessionState.Established, alice.State);
        net.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await bob.UpdateAsync(null)).StatusCode);
    }

    [Fact]
    public async Task Reinvite_PeerGone_EndsTheSession()
    {
        await using var net = new SessionFixture();
        var (alice, bob) = await net.EstablishAsync();
        net.Bob.Dialogs.Remove(bob.Dialog, bob);
        Assert.Equal(481, (await alice.ReinviteAsync(Changed)).StatusCode);
        Assert.Equal(SessionEndReason.PeerLost, (await net.AliceHandler.EndedAsync()).Reason);
    }

    [Fact]
    public async Task Timer_Agreed_IsRefreshedByUpdateAtHalf()
    {
        await using var net = new SessionFixture(aliceTimer: Timer);
        var (alice, bob) = await net.EstablishAsync();
        Assert.Equal(new SessionTerms(TimeSpan.FromSeconds(90), true), alice.Timer);
        Assert.Equal(new SessionTerms(TimeSpan.FromSeconds(90), false), bob.Timer);
        for (var i = 1; i <= 4; i++)
        {
            var before = alice.Timer;
            net.Clock.Advance(TimeSpan.FromSeconds(46));
            var update = await net.Wire.RequestAsync(SipMethods.Update, i);
            Assert.Equal("90;refresher=uac", update.Headers.Get(HeaderId.SessionExpires));
            await net.Wire.ResponseAsync(200, SipMethods.Update, i);
            await SessionFixture.UntilAsync(() => !ReferenceEquals(alice.Timer, before));
        }

        Assert.Equal((InviteSessionState.Established, InviteSessionState.Established), (alice.State, bob.State));
    }

    [Fact]
    public async Task Timer_RefreshLost_EndsBothSidesByBye()
    {
        await using var net = new SessionFixture(aliceTimer: Timer);
        await net.EstablishAsync();
        net.Wire.Lose = m => m is SipRequest { Method: SipMethods.Update };
        net.Clock.Advance(TimeSpan.FromSeconds(46));
        net.Clock.Advance(TimeSpan.FromSeconds(15));
        await net.Wire.RequestAsync(SipMethods.Bye);
        Assert.Contains((await net.BobHandler.EndedAsync()).Reason, new[] { SessionEndReason.Expired, SessionEndReason.RemoteBye });
        Assert.Contains((await net.AliceHandler.EndedAsync()).Reason, new[] { SessionEndReason.Expired, SessionEndReason.RemoteBye });
    }

    [Fact]
    public async Task Timer_CalleeWantsOne_CalleeRefreshes()
    {
        await using var net = new SessionFixture(bobTimer: Timer);
        var (alice, bob) = await net.EstablishAsync();
        Assert.False(alice.Timer!.WeRefresh);
        Assert.True(bob.Timer!.WeRefresh);
        net.Clock.Advance(TimeSpan.FromSeconds(46));
        Assert.Equal(bob.Dialog.Id.LocalTag, (await net.Wire.RequestAsync(SipMethods.Update)).From!.Tag);
    }

    [Fact]
    public async Task Timer_TooShortForThePeer_IsRaisedByThe422()
    {
        await using var net = new SessionFixture(aliceTimer: Timer, bobTimer: new SessionTimerOptions { MinInterval = TimeSpan.FromSeconds(300) });
        var invite = net.Alice.Sessions.Invite(SessionFixture.BobUri, SessionFixture.Offer, net.AliceHandler);
        Assert.Null(net.Bob.Sessions.Receive(await net.Bob.RequestAsync(), net.BobHandler));
        (await net.Bob.InviteAsync(net.BobHandler)).Accept(SessionFixture.Answer);
        Assert.Equal(300, (await invite.Completion).Session!.Timer!.Interval.TotalSeconds);
    }
}
