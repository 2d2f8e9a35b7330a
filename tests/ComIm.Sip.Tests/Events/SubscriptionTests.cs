using System.Net;
using System.Text;
using ComIm.Sip.Events;
using ComIm.Sip.Messages;
using ComIm.Sip.Tests.Wire;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Events;

/// <summary>The subscriber's side, against a notifier that says what the test wants.</summary>
public sealed class SubscriptionTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryWire _wire = new();
    private readonly Party _party;
    private readonly RawPeer _peer;
    private readonly RecordingSubscriber _seen = new();
    private readonly Subscription _subscription;
    private Task<SipOutcome> _outcome = null!;
    private uint _number;

    public SubscriptionTests()
    {
        _party = new Party(_wire, _clock, "alice", 5061, 5070);
        _peer = new RawPeer(_wire, 5070, new IPEndPoint(IPAddress.Loopback, 5061));
        _subscription = new Subscription(_party.Agent, _party.Dialogs, Settings(), _seen);
    }

    [Fact]
    public async Task Subscribe_2xxThenNotify_IsActive()
    {
        var subscribe = await SubscribeAsync();
        Assert.Equal("presence", subscribe.Headers.Get(HeaderId.Event));
        Assert.Equal("600", subscribe.Headers.Get(HeaderId.Expires));
        Assert.Equal("application/pidf+xml", subscribe.Headers.Get(HeaderId.Accept));
        _peer.Answer(subscribe, 200, "n", r => r.Headers.Add(HeaderId.Expires, "600"));
        Assert.Equal(200, (await _outcome).StatusCode);
        Assert.Equal(SubscriptionStatus.NotifyWait, _subscription.Status);
        Assert.Equal(200, await NotifyAsync(subscribe, "active;expires=600", "open"));
        Assert.Equal("open", Encoding.UTF8.GetString((await _seen.NotifiedAsync()).Body!.Content.Span));
        await _seen.EntersAsync(SubscriptionStatus.Active);
    }

    [Fact]
    public async Task Notify_BeforeThe2xx_MakesTheDialog()
    {
        var subscribe = await SubscribeAsync();
        Assert.Equal(200, await NotifyAsync(subscribe, "pending;expires=600"));
        await _seen.EntersAsync(SubscriptionStatus.Pending);
        _peer.Answer(subscribe, 200, "n", r => r.Headers.Add(HeaderId.Expires, "600"));
        await _outcome;
        Assert.Equal(200, await NotifyAsync(subscribe, "active"));
        await _seen.EntersAsync(SubscriptionStatus.Active);
        Assert.Equal(1, _party.Dialogs.Count);
    }

    [Fact]
    public async Task Notify_RightBehindThe2xx_NeverFallsBetweenExpectationAndDialog()
    {
        for (var i = 0; i < 3000; i++)
        {
            var subscription = new Subscription(_party.Agent, _party.Dialogs, Settings(), new RecordingSubscriber());
            var outcome = subscription.StartAsync();
            var subscribe = await _peer.RequestAsync(SipMethods.Subscribe);

            // What waits for the answer makes the dialog on a thread of its own while the notification comes in.
            _peer.Answer(subscribe, 200, "n", r => r.Headers.Add(HeaderId.Expires, "600"));
            Assert.Equal(200, await NotifyAsync(subscribe, "active;expires=600"));
            await outcome;
        }
    }

    [Fact]
    public async Task Notify_OfAFork_Is481()
    {
        var subscribe = await SubscribeAsync();
        Assert.Equal(200, await NotifyAsync(subscribe, "active"));
        Assert.Equal(481, await NotifyAsync(subscribe, "active", tag: "other"));
        Assert.Equal(1, _party.Dialogs.Count);
    }

    [Theory]
    [InlineData("dialog", 489)]
    [InlineData("presence;id=9", 489)]
    public async Task Notify_OfAnotherEventBeforeTheDialog_IsRefused(string header, int status)
    {
        var subscribe = await SubscribeAsync();
        Assert.Equal(status, await NotifyAsync(subscribe, "active", package: header));
    }

    [Fact]
    public async Task Notify_Never_EndsWithTimerNAndIsTriedAgain()
    {
        var subscribe = await SubscribeAsync();
        _peer.Answer(subscribe, 200, "n", r => r.Headers.Add(HeaderId.Expires, "600"));
        await _outcome;
        _clock.Advance(TimeSpan.FromSeconds(33));
        await _seen.EntersAsync(SubscriptionStatus.Recovering);
        Assert.Equal(481, await NotifyAsync(subscribe, "active"));
        _clock.Advance(TimeSpan.FromSeconds(61));
        var again = await _peer.RequestAsync(SipMethods.Subscribe);
        Assert.NotEqual(subscribe.CallId, again.CallId);
        Assert.NotEqual(subscribe.From!.Tag, again.From!.Tag);
    }

    [Fact]
    public async Task Refresh_ComesBeforeTheEndInTheDialog()
    {
        var subscribe = await ActiveAsync();
        _clock.Advance(TimeSpan.FromSeconds(540.2));
        var refresh = await _peer.RequestAsync(SipMethods.Subscribe);
        Assert.Equal((subscribe.CallId, "n", 2u), (refresh.CallId, refresh.To!.Tag, refresh.CSeq!.Value.Number));
        Assert.Equal("600", refresh.Headers.Get(HeaderId.Expires));
        _peer.Answer(refresh, 200, "n", r => r.Headers.Add(HeaderId.Expires, "300"));
        Assert.Equal(200, await NotifyAsync(subscribe, "active;expires=300"));
        _clock.Advance(TimeSpan.FromSeconds(240.2));
        Assert.Equal(3u, (await _peer.RequestAsync(SipMethods.Subscribe)).CSeq!.Value.Number);
    }

    [Fact]
    public async Task Refresh_481_StartsAnew()
    {
        var subscribe = await ActiveAsync();
        _clock.Advance(TimeSpan.FromSeconds(540.2));
        _peer.Respond(await _peer.RequestAsync(SipMethods.Subscribe), 481);
        await _seen.EntersAsync(SubscriptionStatus.Recovering);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotEqual(subscribe.CallId, (await _peer.RequestAsync(SipMethods.Subscribe)).CallId);
    }

    [Fact]
    public async Task Refresh_503_LastsAsLongAsGranted()
    {
        await ActiveAsync();
        _clock.Advance(TimeSpan.FromSeconds(540.2));
        var armed = _wire.ResponseAsync(503, SipMethods.Subscribe);
        _peer.Respond(await _peer.RequestAsync(SipMethods.Subscribe), 503, null, r => r.Headers.Add(HeaderId.RetryAfter, "30 (busy)"));
        await armed;
        Assert.Equal(SubscriptionStatus.Active, _subscription.Status);
        _clock.Advance(TimeSpan.FromSeconds(60));
        await _seen.EntersAsync(SubscriptionStatus.Recovering);
    }

    [Theory]
    [InlineData("deactivated", 0)]
    [InlineData("timeout", 0)]
    [InlineData("probation;retry-after=40", 40)]
    [InlineData("giveup;retry-after=40", 40)]
    public async Task Terminated_ForNow_IsSoughtAgain(string reason, int seconds)
    {
        var subscribe = await ActiveAsync();
        Assert.Equal(200, await NotifyAsync(subscribe, "terminated;reason=" + reason));
        await _seen.EntersAsync(SubscriptionStatus.Recovering);
        Assert.Equal(0, _party.Dialogs.Count);
        if (seconds > 0)
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.Equal(1, _wire.CountRequests(SipMethods.Subscribe));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotEqual(subscribe.CallId, (await _peer.RequestAsync(SipMethods.Subscribe)).CallId);
    }

    [Theory]
    [InlineData("rejected")]
    [InlineData("noresource")]
    [InlineData("invariant")]
    public async Task Terminated_ForGood_IsNot(string reason)
    {
        var subscribe = await ActiveAsync();
        Assert.Equal(200, await NotifyAsync(subscribe, "terminated;reason=" + reason));
        Assert.Equal(reason, (await _seen.EntersAsync(SubscriptionStatus.Terminated))!.Reason);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, _wire.CountRequests(SipMethods.Subscribe));
    }

    [Fact]
    public async Task Subscribe_423_AsksForMore()
    {
        var subscribe = await SubscribeAsync();
        _peer.Respond(subscribe, 423, "n", r => r.Headers.Add(HeaderId.MinExpires, "1200"));
        var second = await _peer.RequestAsync(SipMethods.Subscribe);
        Assert.Equal(("1200", 2u), (second.Headers.Get(HeaderId.Expires), second.CSeq!.Value.Number));
    }

    [Fact]
    public async Task Subscribe_489_EndsForGood()
    {
        _peer.Respond(await SubscribeAsync(), 489, "n");
        Assert.Equal(489, (await _outcome).StatusCode);
        Assert.Equal(489, (await _seen.EntersAsync(SubscriptionStatus.Terminated))!.Refusal!.StatusCode);
        Assert.Equal(0, _party.Dialogs.Count);
    }

    [Fact]
    public async Task Challenge_NotifyBeforeThe2xx_NumbersGoOn()
    {
        _peer.Respond(await SubscribeAsync(), 401, "n", r => r.Headers.Add(HeaderId.WwwAuthenticate, "Digest realm=\"example.com\", nonce=\"n\", qop=\"auth\""));
        var second = await _peer.RequestAsync(SipMethods.Subscribe);
        Assert.Equal(200, await NotifyAsync(second, "active;expires=600"));
        _peer.Answer(second, 200, "n", r => r.Headers.Add(HeaderId.Expires, "600"));
        await _outcome;
        _clock.Advance(TimeSpan.FromSeconds(540.2));
        Assert.Equal(3u, (await _peer.RequestAsync(SipMethods.Subscribe)).CSeq!.Value.Number);
    }

    [Fact]
    public async Task Stop_WaitsForTheLastNotify()
    {
        var subscribe = await ActiveAsync();
        var stop = _subscription.StopAsync();
        var last = await _peer.RequestAsync(SipMethods.Subscribe);
        Assert.Equal("0", last.Headers.Get(HeaderId.Expires));
        _peer.Answer(last, 200, "n", r => r.Headers.Add(HeaderId.Expires, "0"));
        await stop;
        Assert.Equal(SubscriptionStatus.Active, _subscription.Status);
        Assert.Equal(200, await NotifyAsync(subscribe, "terminated;reason=timeout", "closed"));
        await _seen.EntersAsync(SubscriptionStatus.Terminated);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, _wire.CountRequests(SipMethods.Subscribe));
    }

    public ValueTask DisposeAsync() => _party.DisposeAsync();

    private static SubscriptionSettings Settings() => new()
    {
        Target = SipUri.Parse("sip:bob@example.com"),
        Package = new EventPackage { Name = "presence", ContentTypes = ["application/pidf+xml"] },
        Identity = new NameAddress(SipUri.Parse("sip:alice@example.com")),
        Contact = new NameAddress(SipUri.Parse("sip:alice@127.0.0.1:5061")),
        Lifetime = TimeSpan.FromSeconds(600),
    };

    private async Task<SipRequest> SubscribeAsync()
    {
        _outcome = _subscription.StartAsync();
        return await _peer.RequestAsync(SipMethods.Subscribe);
    }

    private async Task<SipRequest> ActiveAsync()
    {
        var subscribe = await SubscribeAsync();
        _peer.Answer(subscribe, 200, "n", r => r.Headers.Add(HeaderId.Expires, "600"));
        await _outcome;
        await NotifyAsync(subscribe, "active;expires=600");
        await _seen.EntersAsync(SubscriptionStatus.Active);
        return subscribe;
    }

    private async Task<int> NotifyAsync(SipRequest subscribe, string state, string? body = null, string tag = "n", string package = "presence")
    {
        var notify = _peer.CreateBack(subscribe, tag, SipMethods.Notify, ++_number);
        notify.Headers.Add(HeaderId.Event, package);
        notify.Headers.Add(HeaderId.SubscriptionState, state);
        if (body is not null)
        {
            notify.SetBody("application/pidf+xml", Encoding.UTF8.GetBytes(body));
        }

        _peer.Send(notify);
        return (await _peer.ResponseAsync(SipMethods.Notify)).StatusCode;
    }
}
