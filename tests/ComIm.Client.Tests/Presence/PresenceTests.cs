using ComIm.Client.Accounts;
using ComIm.Client.Presence;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Presence;

public sealed class PresenceTests
{
    [Theory]
    [InlineData(ImTransport.Udp)]
    [InlineData(ImTransport.Tcp)]
    public async Task Watcher_SeesEveryChange_UntilThePersonSignsOut(ImTransport transport)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice", transport) with { DisplayName = "Alice" });
        var bob = await client.SignInAsync(server.SettingsOf("bob", transport));
        using var seen = bob.Presence.Watch("alice@example.com");
        Assert.Equal("sip:alice@example.com", seen.Address);
        await seen.UntilAsync(PresenceAvailability.Online);
        Assert.Equal(PresenceSubscriptionState.Active, seen.SubscriptionState);

        await alice.Presence.PublishAsync(PresenceAvailability.Busy, "in room 7 ☕", [PresenceActivity.Meeting]);
        Assert.Equal(new PresenceStatus(PresenceAvailability.Busy, [PresenceActivity.Meeting], "in room 7 ☕"), alice.Presence.Own);
        await seen.UntilAsync(PresenceAvailability.Busy);
        Assert.Equal(alice.Presence.Own, seen.Status);
        Assert.Equal("Alice", seen.DisplayName);
        Assert.NotNull(seen.LastChanged);

        await alice.Presence.PublishAsync(PresenceAvailability.BeRightBack);
        await seen.UntilAsync(PresenceAvailability.BeRightBack);
        Assert.Null(seen.Note);

        await alice.SignOutAsync();
        await seen.UntilAsync(PresenceAvailability.Offline);
    }

    [Fact]
    public async Task Publish_Unknown_TakesBackWhatWasSaid()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        await alice.Presence.PublishAsync(PresenceAvailability.Away);
        using var seen = bob.Presence.Watch(alice.Address);
        await seen.UntilAsync(PresenceAvailability.Away);
        await alice.Presence.PublishAsync(PresenceAvailability.Unknown);
        await seen.UntilAsync(PresenceAvailability.Online);
        Assert.Equal(PresenceStatus.Unknown, alice.Presence.Own);
    }

    [Fact]
    public async Task Watch_Twice_IsOneSubscription_UntilTheLastLeaves()
    {
        await using var server = await TestServer.StartAsync();
        var subscribes = 0;
        await using var client = new ImClient(new ImClientOptions
        {
            Trace = e => subscribes += e.Sent && e.Text.Contains("\r\nEvent: presence", StringComparison.Ordinal) && e.Summary.StartsWith("SUBSCRIBE", StringComparison.Ordinal) && !e.Text.Contains("Expires: 0\r", StringComparison.Ordinal) ? 1 : 0,
        });
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        var one = bob.Presence.Watch(alice.Address);
        var two = bob.Presence.Watch(alice.Address);
        await one.UntilAsync(PresenceAvailability.Online);
        Assert.Equal(PresenceAvailability.Online, two.Availability);
        var sent = subscribes;
        one.Dispose();
        one.Dispose();
        Assert.Equal(["sip:alice@example.com"], bob.Presence.Watched);
        await alice.Presence.PublishAsync(PresenceAvailability.Busy);
        await two.UntilAsync(PresenceAvailability.Busy);
        Assert.Equal(sent, subscribes);

        two.Dispose();
        Assert.Empty(bob.Presence.Watched);
        Assert.Equal(PresenceSubscriptionState.Ended, two.SubscriptionState);
        using var again = bob.Presence.Watch(alice.Address);
        await again.UntilAsync(PresenceAvailability.Busy);
    }

    [Fact]
    public async Task Watch_Nobody_SaysThatTheyAreNotKnown()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        using var seen = bob.Presence.Watch("sip:nobody@example.com");
        await seen.UntilAsync(p => p.SubscriptionState == PresenceSubscriptionState.Ended);
        Assert.Equal((ImError.RecipientUnknown, 404), (seen.Failure!.Error, seen.Failure.StatusCode));
        Assert.Equal(PresenceAvailability.Unknown, seen.Availability);
    }

    [Fact]
    public async Task Watch_WhereNotAllowed_SaysSo()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        await client.SignInAsync(server.SettingsOf("alice"));
        using var seen = bob.Presence.Watch("sip:alice@example.com");
        await seen.UntilAsync(PresenceAvailability.Online);
        server.Watchers.Set("alice", "bob", isAllowed: false);
        await seen.UntilAsync(p => p.SubscriptionState == PresenceSubscriptionState.Ended);
        Assert.Equal(ImError.Forbidden, seen.Failure!.Error);
        Assert.Equal(PresenceAvailability.Unknown, seen.Availability);
    }

    [Fact]
    public async Task Server_Restarted_IsToldAndAskedAgain()
    {
        // Minutes of back-off, in seconds.
        var server = await TestServer.StartAsync();
        await using var client = new ImClient(new ImClientOptions { TimeProvider = new FastTimeProvider(20) });
        var alice = await client.SignInAsync(server.SettingsOf("alice", ImTransport.Tcp));
        var bob = await client.SignInAsync(server.SettingsOf("bob", ImTransport.Tcp));
        await alice.Presence.PublishAsync(PresenceAvailability.DoNotDisturb, "deep work");
        using var seen = bob.Presence.Watch(alice.Address);
        await seen.UntilAsync(PresenceAvailability.DoNotDisturb);
        var lost = Task.WhenAll(UntilAsync(alice, ImAccountState.Reconnecting), UntilAsync(bob, ImAccountState.Reconnecting));
        var back = Task.WhenAll(UntilAsync(alice, ImAccountState.SignedIn), UntilAsync(bob, ImAccountState.SignedIn));

        var endPoint = server.Server.LocalEndPoint;
        await server.DisposeAsync();
        await lost.WaitAsync(PresenceView.Guard);
        await seen.UntilAsync(p => p is { SubscriptionState: PresenceSubscriptionState.Recovering, Note: "deep work" });
        await using var restarted = await TestServer.StartAsync(endPoint);
        await back.WaitAsync(PresenceView.Guard);
        using var carols = (await client.SignInAsync(restarted.SettingsOf("carol"))).Presence.Watch(alice.Address);
        await carols.UntilAsync(PresenceAvailability.DoNotDisturb);
        await seen.UntilAsync(p => p.SubscriptionState == PresenceSubscriptionState.Active);
        await alice.Presence.PublishAsync(PresenceAvailability.Online, "back");
        await seen.UntilAsync(p => p.Note == "back");
    }

    [Fact]
    public async Task AfterSignOut_NothingCanBeAskedFor()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        var seen = bob.Presence.Watch("sip:alice@example.com");
        await seen.UntilAsync(PresenceAvailability.Offline);
        await bob.SignOutAsync();
        Assert.Equal(PresenceSubscriptionState.Ended, seen.SubscriptionState);
        Assert.Equal(ImError.NotSignedIn, Assert.Throws<ImException>(() => bob.Presence.Watch("sip:alice@example.com")).Error);
        Assert.Equal(
            ImError.NotSignedIn, (await Assert.ThrowsAsync<ImException>(() => bob.Presence.PublishAsync(PresenceAvailability.Online))).Error);
    }

    private static Task UntilAsync(ImAccount account, ImAccountState state)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        account.StateChanged += (_, e) =>
        {
            if (e.NewState == state)
            {
                reached.TrySetResult();
            }
        };
        return reached.Task;
    }
}
