using System.Net;
using System.Text;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Events;
using ComIm.Sip.Messages;
using ComIm.Sip.Tests.Wire;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Events;

/// <summary>The notifier's side, against a subscriber that says what the test wants.</summary>
public sealed class NotifierSubscriptionTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryWire _wire = new();
    private readonly Party _party;
    private readonly RawPeer _peer;
    private readonly EventNotifier _notifier;
    private readonly TaskCompletionSource _ended = new();
    private string _state = "open";

    public NotifierSubscriptionTests()
    {
        _party = new Party(_wire, _clock, "alice", 5061, 5070);
        _peer = new RawPeer(_wire, 5070, new IPEndPoint(IPAddress.Loopback, 5061));
        var packages = new EventPackages();
        packages.Register(new EventPackage { Name = "presence", ContentTypes = ["application/pidf+xml"] });
        packages.Register(new EventPackage { Name = "conference", ContentTypes = ["application/conference-info+xml"], TellsChanges = true });
        _notifier = new EventNotifier(_party.Agent, _party.Dialogs, packages, new NameAddress(SipUri.Parse("sip:alice@127.0.0.1:5061")));
    }

    [Fact]
    public async Task Accept_Answers200AndNotifiesTheStateAtOnce()
    {
        var (_, answer) = await AcceptAsync();
        Assert.Equal(("600", "sip:alice@127.0.0.1:5061"), (answer.Headers.Get(HeaderId.Expires), answer.Contact!.UriText));
        var notify = await NotifiedAsync();
        Assert.Equal(("presence", "active;expires=600", "open"), Read(notify));
        Assert.Equal(answer.To!.Tag, notify.From!.Tag);
        Assert.Equal(1u, notify.CSeq!.Value.Number);
    }

    [Fact]
    public async Task Accept_Pending_TellsNothingUntilConsent()
    {
        var (subscription, _) = await AcceptAsync(pending: true);
        Assert.Equal(("presence", "pending;expires=600", string.Empty), Read(await NotifiedAsync()));
        subscription.Notify(Body("secret"));
        subscription.Activate();
        Assert.Equal(("presence", "active;expires=600", "open"), Read(await NotifiedAsync()));
    }

    [Fact]
    public async Task Notify_WhileOneIsUnderWay_OnlyTheNewestStateWaits()
    {
        var (subscription, _) = await AcceptAsync();
        var first = await _peer.RequestAsync(SipMethods.Notify);
        subscription.Notify(Body("one"));
        subscription.Notify(Body("two"));
        subscription.Notify(Body("three"));
        _peer.Respond(first, 200);
        Assert.Equal("three", (await NotifiedAsync()).BodyText);
        Assert.Equal(2, _wire.CountRequests(SipMethods.Notify));
    }

    [Fact]
    public async Task Notify_PackageOfChanges_TellsEveryOneInOrder()
    {
        var (subscription, _) = await AcceptAsync(package: "conference");
        var first = await _peer.RequestAsync(SipMethods.Notify);
        subscription.Notify(Body("one"));
        subscription.Notify(Body("two"));
        _peer.Respond(first, 200);
        Assert.Equal("one", (await NotifiedAsync()).BodyText);
        Assert.Equal("two", (await NotifiedAsync()).BodyText);
    }

    [Fact]
    public async Task Notify_SlowSubscriberOfChanges_IsGivenUp()
    {
        var (subscription, _) = await AcceptAsync(package: "conference");
        var first = await _peer.RequestAsync(SipMethods.Notify);
        for (var i = 0; i < 100; i++)
        {
            subscription.Notify(Body("x"));
        }

        _peer.Respond(first, 200);
        Assert.Equal("terminated;reason=deactivated", (await NotifiedAsync()).Headers.Get(HeaderId.SubscriptionState));
        await EndedAsync();
    }

    [Fact]
    public async Task Refresh_IsAnsweredAndNotified()
    {
        var (subscription, answer) = await AcceptAsync();
        await NotifiedAsync();
        _clock.Advance(TimeSpan.FromSeconds(300));
        _state = "closed";
        _peer.Send(Subscribe("900", answer, 2));
        Assert.Equal("900", (await _peer.ResponseAsync(SipMethods.Subscribe)).Headers.Get(HeaderId.Expires));
        Assert.Equal(("presence", "active;expires=900", "closed"), Read(await NotifiedAsync()));
        _clock.Advance(TimeSpan.FromSeconds(400));
        subscription.Notify(Body("later"));
        Assert.Equal(("presence", "active;expires=500", "later"), Read(await NotifiedAsync()));
    }

    [Fact]
    public async Task Refresh_TooShort_Is423AndChangesNothing()
    {
        var (_, answer) = await AcceptAsync();
        await NotifiedAsync();
        _peer.Send(Subscribe("10", answer, 2));
        var response = await _peer.ResponseAsync(SipMethods.Subscribe);
        Assert.Equal((423, "60"), (response.StatusCode, response.Headers.Get(HeaderId.MinExpires)));
        Assert.Equal(1, _wire.CountRequests(SipMethods.Notify));
        Assert.Equal(1, _party.Dialogs.Count);
    }

    [Fact]
    public async Task Unsubscribe_IsAnsweredAndTerminated()
    {
        var (_, answer) = await AcceptAsync();
        await NotifiedAsync();
        _peer.Send(Subscribe("0", answer, 2));
        Assert.Equal("0", (await _peer.ResponseAsync(SipMethods.Subscribe)).Headers.Get(HeaderId.Expires));
        Assert.Equal(("presence", "terminated;reason=timeout", "open"), Read(await NotifiedAsync()));
        await EndedAsync();
    }

    [Fact]
    public async Task Fetch_Expires0_IsNotifiedOnce()
    {
        await AcceptAsync(expires: "0");
        Assert.Equal(("presence", "terminated;reason=timeout", "open"), Read(await NotifiedAsync()));
        await EndedAsync();
    }

    [Fact]
    public async Task Expiry_IsNotified()
    {
        await AcceptAsync();
        await NotifiedAsync();
        _clock.Advance(TimeSpan.FromSeconds(600.1));
        Assert.Equal("terminated;reason=timeout", (await NotifiedAsync()).Headers.Get(HeaderId.SubscriptionState));
        await EndedAsync();
    }

    [Theory]
    [InlineData("rejected", null, "terminated;reason=rejected")]
    [InlineData("probation", 30, "terminated;reason=probation;retry-after=30")]
    public async Task Terminate_SaysWhy(string reason, int? retryAfter, string state)
    {
        var (subscription, _) = await AcceptAsync();
        await NotifiedAsync();
        subscription.Terminate(reason, retryAfter is { } r ? TimeSpan.FromSeconds(r) : null);
        Assert.Equal(state, (await NotifiedAsync()).Headers.Get(HeaderId.SubscriptionState));
        await EndedAsync();
    }

    [Fact]
    public async Task Subscribe_BetweenTheLastNotifyAndItsAnswer_Is481()
    {
        var (subscription, answer) = await AcceptAsync();
        await NotifiedAsync();
        subscription.Terminate("deactivated");
        var last = await _peer.RequestAsync(SipMethods.Notify);
        _peer.Send(Subscribe("600", answer, 2));
        Assert.Equal(481, (await _peer.ResponseAsync(SipMethods.Subscribe)).StatusCode);
        _peer.Respond(last, 200);
        await EndedAsync();
        Assert.Equal(2, _wire.CountRequests(SipMethods.Notify));
    }

    [Fact]
    public async Task Subscribe_WhileTheLastNotifyWaitsItsTurn_Is481()
    {
        var (subscription, answer) = await AcceptAsync();
        var first = await _peer.RequestAsync(SipMethods.Notify);
        subscription.Terminate("rejected");
        subscription.Notify(Body("too late"));
        _peer.Send(Subscribe("600", answer, 2));
        Assert.Equal(481, (await _peer.ResponseAsync(SipMethods.Subscribe)).StatusCode);
        _peer.Respond(first, 200);
        Assert.Equal("terminated;reason=rejected", (await NotifiedAsync()).Headers.Get(HeaderId.SubscriptionState));
        await EndedAsync();
    }

    [Fact]
    public async Task Notify_481_EndsTheSubscription()
    {
        await AcceptAsync();
        _peer.Respond(await _peer.RequestAsync(SipMethods.Notify), 481);
        await EndedAsync();
    }

    [Fact]
    public async Task Notify_Unanswered_EndsTheSubscription()
    {
        await AcceptAsync();
        _clock.Advance(TimeSpan.FromSeconds(33));
        await EndedAsync();
    }

    [Theory]
    [InlineData("weather", "application/pidf+xml", "600", 489)]
    [InlineData(null, "application/pidf+xml", "600", 489)]
    [InlineData("presence", "text/html", "600", 406)]
    [InlineData("presence", "application/*", "59", 423)]
    public async Task Subscribe_ToWhatIsNotThere_IsRefused(string? package, string accept, string expires, int status)
    {
        _peer.Send(Subscribe(expires, null, 1, package, accept));
        Assert.Null(_notifier.Receive(await _party.RequestAsync(), _ => null));
        var response = await _peer.ResponseAsync(SipMethods.Subscribe);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == 489 ? "conference,presence" : null, response.Headers.Get(HeaderId.AllowEvents));
    }

    public ValueTask DisposeAsync() => _party.DisposeAsync();

    private static SessionBody Body(string text) => new("application/pidf+xml", Encoding.UTF8.GetBytes(text));

    private static (string? Event, string? State, string Body) Read(SipRequest notify) =>
        (notify.Headers.Get(HeaderId.Event), notify.Headers.Get(HeaderId.SubscriptionState), notify.BodyText);

    private async Task EndedAsync()
    {
        await _ended.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, _party.Dialogs.Count);
    }

    private async Task<SipRequest> NotifiedAsync()
    {
        var notify = await _peer.RequestAsync(SipMethods.Notify);
        _peer.Respond(notify, 200);
        return notify;
    }

    private SipRequest Subscribe(string expires, SipResponse? answer, uint number, string? package = "presence", string? accept = null)
    {
        var request = _peer.CreateRequest(
            SipMethods.Subscribe, "sip:alice@127.0.0.1:5061", "<sip:bob@example.com>;tag=b", answer?.Headers.Get(HeaderId.To) ?? "<sip:alice@example.com>", "one", number);
        request.Headers.Add(HeaderId.Expires, expires);
        if (package is not null)
        {
            request.Headers.Add(HeaderId.Event, package);
        }

        if (accept is not null)
        {
            request.Headers.Add(HeaderId.Accept, accept);
        }

        return request;
    }

    private async Task<(NotifierSubscription Subscription, SipResponse Answer)> AcceptAsync(
        string expires = "600", bool pending = false, string package = "presence")
    {
        _peer.Send(Subscribe(expires, null, 1, package));
        var subscription = _notifier.Receive(await _party.RequestAsync(), _ => Body(_state))!;
        subscription.Ended += _ => _ended.TrySetResult();
        subscription.Accept(pending);
        return (subscription, (SipResponse)await _wire.SeenAsync(m => m is SipResponse { StatusCode: 200 } r && r.CSeq!.Value.Method == SipMethods.Subscribe));
    }
}
