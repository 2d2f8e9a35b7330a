using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Client.Presence;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Presence;

/// <summary>Who watches us, and who may, through the embedded server.</summary>
public sealed class WatcherTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private ImAccount _alice = null!;
    private ImAccount _bob = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        var client = new ImClient();
        _alice = await client.SignInAsync(_server.SettingsOf("alice"));
        _bob = await client.SignInAsync(_server.SettingsOf("bob") with { DisplayName = "Bob" });
    }

    public async Task DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Watchers_AreSeenAsTheyComeAndGo()
    {
        await _alice.Presence.FollowWatchersAsync();
        var seen = _bob.Presence.Watch(_alice.Address);
        await UntilAsync(w => w is [{ Address: "sip:bob@example.com", DisplayName: "Bob", IsPending: false }]);
        seen.Dispose();
        await UntilAsync(w => w.Count == 0);
    }

    [Fact]
    public async Task Watcher_WhoHasToWait_IsLetIn()
    {
        await _alice.Presence.FollowWatchersAsync();
        await _alice.Presence.SetPolicyAsync(WatcherPolicy.Confirm);
        Assert.True(_alice.Presence.AreRulesKeptByServer);
        using var seen = _bob.Presence.Watch(_alice.Address);
        await seen.UntilAsync(p => p.SubscriptionState == PresenceSubscriptionState.Pending);
        Assert.Equal(PresenceAvailability.Unknown, seen.Availability);
        await UntilAsync(w => w is [{ IsPending: true }]);

        await _alice.Presence.AllowAsync("bob@example.com");
        await seen.UntilAsync(PresenceAvailability.Online);
        await UntilAsync(w => w is [{ IsPending: false }]);
        Assert.Equal(["sip:bob@example.com"], _alice.Presence.Allowed);
    }

    [Fact]
    public async Task Blocked_SeesNothingMore_AndWhatTheySendIsRefused_UntilAllowedAgain()
    {
        using var seen = _bob.Presence.Watch(_alice.Address);
        await seen.UntilAsync(PresenceAvailability.Online);
        var contact = await _alice.Contacts.AddAsync(_bob.Address);
        await _alice.Presence.BlockAsync(_bob.Address);
        Assert.True(contact.IsBlocked);
        Assert.Equal(["sip:bob@example.com"], _alice.Presence.Blocked);
        await seen.UntilAsync(p => p.SubscriptionState == PresenceSubscriptionState.Ended);
        Assert.Equal(ImError.Forbidden, seen.Failure!.Error);

        var refused = await Assert.ThrowsAsync<MessageDeliveryException>(() => _bob.SendAsync(_alice.Address, "?"));
        Assert.Equal((ImError.RecipientUnavailable, 603), (refused.Error, refused.StatusCode));
        var session = await Assert.ThrowsAsync<ImException>(() => _bob.GetConversation(_alice.Address).StartAsync());
        Assert.Equal(603, session.StatusCode);
        Assert.Empty(_alice.Conversations);

        await _alice.Presence.ClearRuleAsync(_bob.Address);
        Assert.False(contact.IsBlocked);
        using var again = _bob.Presence.Watch("sip:alice@example.com");
        Assert.Equal(MessageStatus.Delivered, (await _bob.SendAsync(_alice.Address, "!")).Status);
    }

    [Theory]
    [InlineData("sip:bob@example.com")]
    [InlineData("bob@EXAMPLE.com")]
    public async Task Blocked_InTheMiddleOfAConversation_IsLeft(string address)
    {
        var theirs = _bob.GetConversation(_alice.Address);
        await theirs.StartAsync();
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        theirs.StateChanged += (_, e) =>
        {
            if (e.NewState == ConversationState.Disconnected)
            {
                left.TrySetResult();
            }
        };
        await _alice.Presence.BlockAsync(address);
        await left.Task.WaitAsync(PresenceView.Guard);
    }

    [Fact]
    public async Task Rules_AfterTheServerHasForgotten_AreToldAgainAtSignIn()
    {
        var folder = Directory.CreateTempSubdirectory("comim-rules-");
        try
        {
            var options = new ImClientOptions { DataDirectory = folder.FullName };
            await using (var first = new ImClient(options))
            {
                var carol = await first.SignInAsync(_server.SettingsOf("carol"));
                await carol.Presence.BlockAsync(_bob.Address);
            }

            await using var forgetful = await TestServer.StartAsync();
            await using var second = new ImClient(options);
            var back = await second.SignInAsync(forgetful.SettingsOf("carol"));
            Assert.True(back.Presence.IsBlocked(_bob.Address));
            await using var others = new ImClient();
            using var seen = (await others.SignInAsync(forgetful.SettingsOf("bob"))).Presence.Watch(back.Address);
            await seen.UntilAsync(p => p.SubscriptionState == PresenceSubscriptionState.Ended);
            Assert.Equal(ImError.Forbidden, seen.Failure!.Error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task UntilAsync(Func<IReadOnlyList<Watcher>, bool> condition)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        EventHandler handler = (_, _) => Check();
        _alice.Presence.WatchersChanged += handler;
        Check();
        await reached.Task.WaitAsync(PresenceView.Guard);
        _alice.Presence.WatchersChanged -= handler;

        void Check()
        {
            if (condition(_alice.Presence.Watchers))
            {
                reached.TrySetResult();
            }
        }
    }
}
