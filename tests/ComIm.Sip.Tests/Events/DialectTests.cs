using System.Net;
using System.Text;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Events;
using ComIm.Sip.Messages;
using ComIm.Sip.Tests.Wire;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Events;

/// <summary>
/// A dialect plugged in from outside: notifications in BENOTIFY, which nobody answers, and the first one in the 2xx, as the
/// Microsoft servers have it. Nothing of it is in the core.
/// </summary>
public sealed class DialectTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryWire _wire = new();
    private readonly Party _alice;
    private readonly Party _bob;
    private readonly RecordingSubscriber _seen = new();

    public DialectTests()
    {
        _alice = new Party(_wire, _clock, "alice", 5061, 5062);
        _bob = new Party(_wire, _clock, "bob", 5062, 5061);
    }

    [Fact]
    public async Task Dialect_OnBothSides_PiggybacksTheFirstAndSendsTheRestUnanswered()
    {
        var dialect = new BestEffortDialect();
        var package = new EventPackage { Name = "presence", ContentTypes = ["application/pidf+xml"] };
        var packages = new EventPackages();
        packages.Register(package);
        var notifier = new EventNotifier(_bob.Agent, _bob.Dialogs, packages, new NameAddress(SipUri.Parse("sip:bob@127.0.0.1:5062")), dialect);
        var subscription = new Subscription(_alice.Agent, _alice.Dialogs, new SubscriptionSettings
        {
            Target = SipUri.Parse("sip:bob@example.com"),
            Package = package,
            Identity = new NameAddress(SipUri.Parse("sip:alice@example.com")),
            Contact = new NameAddress(SipUri.Parse("sip:alice@127.0.0.1:5061")),
            Dialect = dialect,
        }, _seen);

        var outcome = subscription.StartAsync();
        var server = notifier.Receive(await _bob.RequestAsync(), _ => Body("first"))!;
        server.Accept();
        Assert.Equal("1", (await outcome).Response.Headers.Get("ms-piggyback-cseq"));
        Assert.Equal("first", Text(await _seen.NotifiedAsync()));
        await _seen.EntersAsync(SubscriptionStatus.Active);

        server.Notify(Body("second"));
        var second = await _seen.NotifiedAsync();
        Assert.Equal("second", Text(second));
        Assert.Equal(("BENOTIFY", 2u), (((SipRequest)second.Message).Method, second.Message.CSeq!.Value.Number));
        server.Notify(Body("third"));
        Assert.Equal("third", Text(await _seen.NotifiedAsync()));

        _clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(0, _wire.Count(m => m is SipResponse r && r.CSeq!.Value.Method != SipMethods.Subscribe));
        Assert.Equal(SubscriptionStatus.Active, subscription.Status);
    }

    [Fact]
    public async Task Dialect_Absent_BenotifyIsNobodys()
    {
        var peer = new RawPeer(_wire, 5070, new IPEndPoint(IPAddress.Loopback, 5061));
        peer.Send(peer.CreateRequest("BENOTIFY", "sip:alice@127.0.0.1:5061", "<sip:bob@example.com>;tag=b", "<sip:alice@example.com>;tag=a", "one", 1));
        Assert.Equal(481, (await peer.ResponseAsync("BENOTIFY")).StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
    }

    private static SessionBody Body(string text) => new("application/pidf+xml", Encoding.UTF8.GetBytes(text));

    private static string Text(Notification notification) => Encoding.UTF8.GetString(notification.Body!.Content.Span);

    private sealed class BestEffortDialect : IEventDialect
    {
        private const string Benotify = "BENOTIFY";

        public void Prepare(SipRequest subscribe)
        {
            subscribe.Headers.Add(HeaderId.Supported, "ms-benotify");
            subscribe.Headers.Add(HeaderId.Supported, "ms-piggyback-first-notify");
        }

        public bool IsNotification(SipRequest request) => request.Method is SipMethods.Notify or Benotify;

        public bool IsAnswered(string method) => method != Benotify;

        public Notification? FindIn(SipResponse response) =>
            response.Headers.Get("ms-piggyback-cseq") is null ? null : Notification.Of(response);

        public string NotificationMethodFor(SipRequest subscribe) =>
            subscribe.Headers.GetValues(HeaderId.Supported).Contains("ms-benotify") ? Benotify : SipMethods.Notify;

        public bool TryPutInto(SipResponse response, SipRequest subscribe, Func<SipRequest> create)
        {
            if (!subscribe.Headers.GetValues(HeaderId.Supported).Contains("ms-piggyback-first-notify"))
            {
                return false;
            }

            var notification = create();
            response.Headers.CopyFrom(notification.Headers, HeaderId.Event);
            response.Headers.CopyFrom(notification.Headers, HeaderId.SubscriptionState);
            response.Headers.Add("ms-piggyback-cseq", notification.CSeq!.Value.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
            response.SetBody(notification.Headers.Get(HeaderId.ContentType)!, notification.Body);
            return true;
        }
    }
}
