using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Presence;
using ComIm.Interop.Tests.Table;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Presence;

/// <summary>Presence through Kamailio: with its presence agent, and where it has none and forwards to the devices.</summary>
public sealed class KamailioPresenceTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(25);

    [SkippableTheory]
    [InlineData(ImTransport.Udp)]
    [InlineData(ImTransport.Tcp)]
    public async Task Agent_TellsWatchersWhatIsPublished(ImTransport transport)
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        await using var server = await KamailioServer.StartAsync(new KamailioOptions { HasPresence = true });
        await using var client = new ImClient();
        var alice = await client.SignInAsync(SettingsOf(server, "alice", transport));
        var bob = await client.SignInAsync(SettingsOf(server, "bob", transport));
        using var seen = bob.Presence.Watch(alice.Address);
        await UntilAsync(seen, server, p => p.SubscriptionState == PresenceSubscriptionState.Active);

        await alice.Presence.PublishAsync(PresenceAvailability.Busy, "in room 7 ☕", [PresenceActivity.Meeting]);
        Assert.True(alice.Presence.IsKeptByServer);
        await UntilAsync(seen, server, p => p.Status == alice.Presence.Own);
        await alice.Presence.PublishAsync(PresenceAvailability.DoNotDisturb);
        await UntilAsync(seen, server, p => p.Availability == PresenceAvailability.DoNotDisturb);

        using var late = (await client.SignInAsync(SettingsOf(server, "carol", transport))).Presence.Watch(alice.Address);
        await UntilAsync(late, server, p => p.Availability == PresenceAvailability.DoNotDisturb);
        await alice.SignOutAsync();
        await UntilAsync(seen, server, p => p.Availability == PresenceAvailability.Offline);
        InteropTable.Record(Peer.Kamailio, Capability.PresenceTo);
    }

    [SkippableFact]
    public async Task Agent_CarriesWhatAProgramAdds()
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        await using var server = await KamailioServer.StartAsync(new KamailioOptions { HasPresence = true });
        await using var client = new ImClient();
        var alice = await client.SignInAsync(SettingsOf(server, "alice", ImTransport.Tcp));
        var bob = await client.SignInAsync(SettingsOf(server, "bob", ImTransport.Tcp));
        using var seen = bob.Presence.Watch(alice.Address);
        await alice.Presence.PublishAsync(new PresenceStatus(PresenceAvailability.Busy, [], "x") { Extension = "<mood xmlns=\"urn:example\">sunny</mood>" });
        await UntilAsync(seen, server, p => p.Availability == PresenceAvailability.Busy && p.Status.Extension?.Contains("sunny", StringComparison.Ordinal) == true);
    }

    [SkippableFact]
    public async Task Agent_KilledAndStartedAgain_IsToldAndAskedAgain()
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        var first = await KamailioServer.StartAsync(new KamailioOptions { HasPresence = true });

        // Minutes of back-off, in seconds.
        await using var client = new ImClient(new ImClientOptions { TimeProvider = new FastTimeProvider(20) });
        var alice = await client.SignInAsync(SettingsOf(first, "alice", ImTransport.Tcp));
        var bob = await client.SignInAsync(SettingsOf(first, "bob", ImTransport.Tcp));
        await alice.Presence.PublishAsync(PresenceAvailability.Busy, "before");
        using var seen = bob.Presence.Watch(alice.Address);
        await UntilAsync(seen, first, p => p.Note == "before");
        await first.DisposeAsync();
        await UntilAsync(seen, first, p => p is { SubscriptionState: PresenceSubscriptionState.Recovering, Note: "before" });

        await using var second = await KamailioServer.StartAsync(new KamailioOptions { HasPresence = true, Port = first.Port });
        using var carols = (await client.SignInAsync(SettingsOf(second, "carol", ImTransport.Tcp))).Presence.Watch(alice.Address);
        await UntilAsync(carols, second, p => p.Note == "before");
        await alice.Presence.PublishAsync(PresenceAvailability.Online, "after");
        await UntilAsync(seen, second, p => p is { Note: "after", SubscriptionState: PresenceSubscriptionState.Active });
    }

    [SkippableFact]
    public async Task Agent_TellsWhoWatches()
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        await using var server = await KamailioServer.StartAsync(new KamailioOptions { HasPresence = true });
        await using var client = new ImClient();
        var alice = await client.SignInAsync(SettingsOf(server, "alice", ImTransport.Udp));
        var bob = await client.SignInAsync(SettingsOf(server, "bob", ImTransport.Udp));
        await alice.Presence.FollowWatchersAsync();
        using var seen = bob.Presence.Watch(alice.Address);
        await UntilAsync(alice.Presence, w => w.Any(x => x is { Address: "sip:bob@example.com", IsPending: false }));
        InteropTable.Record(Peer.Kamailio, Capability.Watchers);
    }

    [SkippableFact]
    public async Task Agent_ThatTakesNoRules_IsKnownNotTo_AndTheClientRefusesByItself()
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        await using var server = await KamailioServer.StartAsync(new KamailioOptions { HasPresence = true });
        await using var client = new ImClient();
        var alice = await client.SignInAsync(SettingsOf(server, "alice", ImTransport.Udp));
        var bob = await client.SignInAsync(SettingsOf(server, "bob", ImTransport.Udp));
        await alice.Presence.BlockAsync(bob.Address);
        Assert.False(alice.Presence.AreRulesKeptByServer);
        Assert.Equal(603, (await Assert.ThrowsAnyAsync<ImException>(() => bob.SendAsync(alice.Address, "?"))).StatusCode);
        InteropTable.Record(Peer.Kamailio, Capability.WatcherRules, "refused by the client itself: 603");
    }

    [SkippableTheory]
    [InlineData(ImTransport.Udp)]
    [InlineData(ImTransport.Tcp)]
    public async Task NoAgent_TheAccountTellsItself(ImTransport transport)
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        await using var server = await KamailioServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(SettingsOf(server, "alice", transport));
        var bob = await client.SignInAsync(SettingsOf(server, "bob", transport));
        using var seen = bob.Presence.Watch(alice.Address);
        await UntilAsync(seen, server, p => p.Availability == PresenceAvailability.Online);
        Assert.Equal(["sip:bob@example.com"], alice.Presence.Watchers.Select(w => w.Address));

        await alice.Presence.PublishAsync(PresenceAvailability.Away, "at lunch");
        Assert.False(alice.Presence.IsKeptByServer);
        await UntilAsync(seen, server, p => p is { Availability: PresenceAvailability.Away, Note: "at lunch" });

        await alice.Presence.BlockAsync(bob.Address);
        await UntilAsync(seen, server, p => p.SubscriptionState == PresenceSubscriptionState.Ended);
        await alice.Presence.SetPolicyAsync(WatcherPolicy.Confirm);
        await alice.Presence.ClearRuleAsync(bob.Address);
        seen.Dispose();
        using var again = bob.Presence.Watch(alice.Address);
        await UntilAsync(again, server, p => p.SubscriptionState == PresenceSubscriptionState.Pending);
        await alice.Presence.AllowAsync(bob.Address);
        await UntilAsync(again, server, p => p.Availability == PresenceAvailability.Away);
        await alice.SignOutAsync();
        await UntilAsync(again, server, p => p.SubscriptionState == PresenceSubscriptionState.Ended);
        InteropTable.Record(Peer.Kamailio, Capability.PresenceFrom);
    }

    private static ImAccountSettings SettingsOf(KamailioServer server, string user, ImTransport transport) => new()
    {
        Address = $"sip:{user}@{KamailioServer.Domain}",
        Password = server.Passwords[user],
        Server = server.EndPoint.ToString(),
        Transport = transport,
    };

    private static async Task UntilAsync(Presentity presentity, KamailioServer server, Func<Presentity, bool> condition)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        EventHandler<PresentityChangedEventArgs> handler = (_, _) => Check();
        presentity.Changed += handler;
        Check();
        try
        {
            await reached.Task.WaitAsync(Guard);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{presentity.Address} is {presentity.Status}, {presentity.SubscriptionState}, {presentity.Failure?.Message}\n{server.Log}");
        }
        finally
        {
            presentity.Changed -= handler;
        }

        void Check()
        {
            if (condition(presentity))
            {
                reached.TrySetResult();
            }
        }
    }

    private static async Task UntilAsync(PresenceService presence, Func<IReadOnlyList<Watcher>, bool> condition)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        EventHandler handler = (_, _) => Check();
        presence.WatchersChanged += handler;
        Check();
        await reached.Task.WaitAsync(Guard);
        presence.WatchersChanged -= handler;

        void Check()
        {
            if (condition(presence.Watchers))
            {
                reached.TrySetResult();
            }
        }
    }
}
