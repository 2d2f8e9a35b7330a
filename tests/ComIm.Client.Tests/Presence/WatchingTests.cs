using System.Text;
using ComIm.Client.Accounts;
using ComIm.Client.Presence;
using ComIm.Client.Tests.Sessions;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Events;
using ComIm.Sip.Messages;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Presence;

/// <summary>How the watching of somebody ends and goes on (RFC 6665 section 4.1.3), against a notifier that is scripted.</summary>
public sealed class WatchingTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly SessionPeer _peer = new();
    private ImAccount _alice = null!;

    public async Task InitializeAsync()
    {
        var client = new ImClient(new ImClientOptions { TimeProvider = _time });
        _alice = await _peer.SignInAsync(client);
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _alice.CloseAsync();
        await _peer.DisposeAsync();
    }

    [Fact]
    public async Task Deactivated_IsSoughtAgainAtOnce()
    {
        using var bob = _alice.Presence.Watch("bob@example.com");
        var first = await AcceptAsync("one");
        await bob.UntilAsync(p => p.Note == "one");
        first.Terminate("deactivated");
        await bob.UntilAsync(p => p.SubscriptionState == PresenceSubscriptionState.Recovering);
        Assert.Equal("one", bob.Note);
        _time.Advance(TimeSpan.FromSeconds(1));
        await AcceptAsync("two");
        await bob.UntilAsync(p => p is { Note: "two", SubscriptionState: PresenceSubscriptionState.Active });
    }

    [Fact]
    public async Task Probation_IsSoughtAgainWhenItIsTime()
    {
        using var bob = _alice.Presence.Watch("bob@example.com");
        var first = await AcceptAsync("one");
        await bob.UntilAsync(p => p.Note == "one");
        first.Terminate("probation", TimeSpan.FromSeconds(90));
        await bob.UntilAsync(p => p.SubscriptionState == PresenceSubscriptionState.Recovering);
        _time.Advance(TimeSpan.FromSeconds(91));
        await AcceptAsync("two");
        await bob.UntilAsync(p => p.Note == "two");
    }

    [Theory]
    [InlineData("rejected", ImError.Forbidden)]
    [InlineData("noresource", ImError.RecipientUnknown)]
    public async Task Ended_ForGood_SaysWhy(string reason, ImError expected)
    {
        using var bob = _alice.Presence.Watch("bob@example.com");
        var subscription = await AcceptAsync("one");
        await bob.UntilAsync(p => p.Note == "one");
        subscription.Terminate(reason);
        await bob.UntilAsync(p => p.SubscriptionState == PresenceSubscriptionState.Ended);
        Assert.Equal(expected, bob.Failure!.Error);
        Assert.Equal(PresenceStatus.Unknown, bob.Status);
    }

    [Fact]
    public async Task Busy_ServerIsAskedAgain()
    {
        using var bob = _alice.Presence.Watch("bob@example.com");
        (await _peer.RequestAsync(SipMethods.Subscribe)).Respond(503);
        await bob.UntilAsync(p => p.SubscriptionState == PresenceSubscriptionState.Recovering);
        Assert.Equal((ImError.ServerFailure, 503), (bob.Failure!.Error, bob.Failure.StatusCode));
        _time.Advance(TimeSpan.FromSeconds(61));
        await AcceptAsync("one");
        await bob.UntilAsync(p => p.Note == "one");
        Assert.Null(bob.Failure);
    }

    [Fact]
    public async Task Notification_WithoutPresence_IsSomebodyWhoIsNotThere_AndNonsenseChangesNothing()
    {
        using var bob = _alice.Presence.Watch("bob@example.com");
        var subscription = await AcceptAsync("one");
        await bob.UntilAsync(p => p.Note == "one");
        subscription.Notify(new SessionBody("application/pidf+xml", Encoding.UTF8.GetBytes("<presence")));
        subscription.Notify(null);
        await bob.UntilAsync(PresenceAvailability.Offline);
    }

    [Fact]
    public async Task NoAnswer_IsTriedAgain()
    {
        using var bob = _alice.Presence.Watch("bob@example.com");
        await _peer.RequestAsync(SipMethods.Subscribe);
        _time.Advance(TimeSpan.FromSeconds(33));
        await bob.UntilAsync(p => p.SubscriptionState == PresenceSubscriptionState.Recovering);
        Assert.Equal(ImError.Timeout, bob.Failure!.Error);
    }

    /// <summary>Takes the next SUBSCRIBE, and tells presence with a note.</summary>
    private async Task<NotifierSubscription> AcceptAsync(string note)
    {
        var packages = new EventPackages();
        packages.Register(PresencePackages.Presence);
        var contact = new NameAddress(SipUri.Parse("sip:bob@" + _alice.Server));
        var notifier = new EventNotifier(_peer.Agent, _peer.Dialogs, packages, contact);
        var document = PresenceDocument.Write(
            "sip:bob@example.com", "1", new PresenceInfo(new PresenceStatus(PresenceAvailability.Online, [], note), null), DateTimeOffset.UnixEpoch);
        var subscription = notifier.Receive(await _peer.RequestAsync(SipMethods.Subscribe), _ => new SessionBody("application/pidf+xml", document))!;
        subscription.Accept();
        return subscription;
    }
}
