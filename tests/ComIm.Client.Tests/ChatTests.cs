using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.TestKit;

namespace ComIm.Client.Tests;

public sealed class ChatTests
{
    [Theory]
    [InlineData(ImTransport.Udp, ImTransport.Udp)]
    [InlineData(ImTransport.Tcp, ImTransport.Tcp)]
    [InlineData(ImTransport.Udp, ImTransport.Tcp)]
    public async Task Texts_BothWays_ArriveInOrderAndUnchanged(ImTransport aliceUses, ImTransport bobUses)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice", aliceUses));
        var bob = await client.SignInAsync(server.SettingsOf("bob", bobUses));
        var toBob = bob.ReceiveAsync().GetAsyncEnumerator();
        var toAlice = alice.ReceiveAsync().GetAsyncEnumerator();

        foreach (var text in new[] { "hello", "žluťoučký kůň 🐎", "two\r\nlines" })
        {
            var sent = await alice.SendAsync("sip:bob@example.com", text);
            Assert.Equal(MessageStatus.Delivered, sent.Status);
            Assert.True(await toBob.MoveNextAsync());
            Assert.Equal(text, toBob.Current.Text);
            Assert.Equal("sip:alice@example.com", toBob.Current.From);
        }

        await bob.SendAsync("alice@example.com", "hello yourself");
        Assert.True(await toAlice.MoveNextAsync());
        Assert.Equal("hello yourself", toAlice.Current.Text);
        Assert.Equal(4, alice.GetConversation("sip:bob@example.com").Messages.Count);
    }

    [Theory]
    [InlineData(null, 10_000, 9_001)]
    [InlineData(20, 20, 19)]
    [InlineData(1, 1, 1)]
    public async Task Conversation_VeryLong_KeepsTheNewestMessages(int? inMemory, int last, int kept)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient(inMemory is { } most ? new ImClientOptions { MessagesInMemory = most } : null);
        var conversation = (await client.SignInAsync(server.SettingsOf("alice"))).GetConversation("sip:bob@example.com");
        for (var i = 0; i <= last; i++)
        {
            conversation.Add(new ChatMessage($"{i}", MessageDirection.Incoming, conversation.Peer, "sip:alice@example.com", $"{i}", DateTimeOffset.UnixEpoch));
        }

        Assert.Equal(kept, conversation.Messages.Count);
        Assert.Equal(($"{last - kept + 1}", $"{last}"), (conversation.Messages[0].Text, conversation.Messages[^1].Text));
    }

    [Fact]
    public void MessagesInMemory_None_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new ImClient(new ImClientOptions { MessagesInMemory = 0 }));

    [Fact]
    public async Task SignIn_WrongPassword_SaysSo()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var error = await Assert.ThrowsAsync<ImException>(() => client.SignInAsync(server.SettingsOf("alice") with { Password = "guess" }));
        Assert.Equal(ImError.AuthenticationFailed, error.Error);
        Assert.DoesNotContain("guess", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(client.Accounts);
    }

    [Fact]
    public async Task Send_ToNobody_FailsWith404()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        var error = await Assert.ThrowsAsync<MessageDeliveryException>(() => alice.SendAsync("sip:nobody@example.com", "?"));
        Assert.Equal(ImError.RecipientUnknown, error.Error);
        Assert.Equal(404, error.StatusCode);
        Assert.Equal(MessageStatus.Failed, error.ChatMessage.Status);
    }

    [Fact]
    public async Task Send_ToSomebodySignedOut_FailsWith480()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        var bob = await client.SignInAsync(server.SettingsOf("bob", ImTransport.Tcp));
        await bob.SignOutAsync();
        var error = await Assert.ThrowsAsync<MessageDeliveryException>(() => alice.SendAsync("sip:bob@example.com", "?"));
        Assert.Equal(ImError.RecipientUnavailable, error.Error);
    }

    [Theory]
    [InlineData(ImTransport.Udp)]
    [InlineData(ImTransport.Tcp)]
    public async Task Send_WhileServerIsDown_FailsWithItsCause(ImTransport transport)
    {
        var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice", transport));
        await server.DisposeAsync();
        var error = await Assert.ThrowsAsync<MessageDeliveryException>(() => alice.SendAsync("sip:bob@example.com", "?"));
        Assert.Equal(ImError.ServerUnreachable, error.Error);
        Assert.Equal(MessageStatus.Failed, error.ChatMessage.Status);
        Assert.Equal("?", error.ChatMessage.Text);
    }

    [Theory]
    [InlineData(ImTransport.Udp)]
    [InlineData(ImTransport.Tcp)]
    public async Task SignIn_NobodyListens_SaysSo(ImTransport transport)
    {
        var server = await TestServer.StartAsync();
        var settings = server.SettingsOf("alice", transport);
        await server.DisposeAsync();
        await using var client = new ImClient();
        var error = await Assert.ThrowsAsync<ImException>(() => client.SignInAsync(settings));
        Assert.Equal(ImError.ServerUnreachable, error.Error);
    }

    [Fact]
    public async Task SignIn_UnresolvableServer_SaysSo()
    {
        await using var client = new ImClient();
        var error = await Assert.ThrowsAsync<ImException>(() => client.SignInAsync(new ImAccountSettings { Address = "sip:alice@nowhere.invalid" }));
        Assert.Equal(ImError.ServerNotFound, error.Error);
        Assert.Contains("nowhere.invalid", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sip:")]
    [InlineData("http://example.com")]
    [InlineData("bob@example.com\r\nRoute: <sip:evil@example.com>")]
    public async Task Send_ToWhatIsNoAddress_SaysSo(string address)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        var error = await Assert.ThrowsAsync<ImException>(() => alice.SendAsync(address, "?"));
        Assert.Equal(ImError.BadAddress, error.Error);
    }

    [Fact]
    public async Task Send_AfterSignOut_SaysSo()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        await alice.SignOutAsync();
        var error = await Assert.ThrowsAsync<ImException>(() => alice.SendAsync("sip:bob@example.com", "?"));
        Assert.Equal(ImError.NotSignedIn, error.Error);
    }

    [Fact]
    public async Task Message_BeforeAnybodyListens_IsKeptForTheFirstWhoDoes()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        await alice.SendAsync("sip:bob@example.com", "early");
        await using var first = bob.ReceiveAsync().GetAsyncEnumerator();
        Assert.True(await first.MoveNextAsync());
        Assert.Equal("early", first.Current.Text);

        await using var second = bob.ReceiveAsync().GetAsyncEnumerator();
        await alice.SendAsync("sip:bob@example.com", "late");
        Assert.True(await second.MoveNextAsync());
        Assert.Equal("late", second.Current.Text);
    }

    [Fact]
    public async Task SignOut_ServerGone_EndsAllTheSame()
    {
        var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        await server.DisposeAsync();
        await server.DisposeAsync();
        await alice.SignOutAsync();
        await alice.SignOutAsync();
        Assert.Equal(ImAccountState.SignedOut, alice.State);
        Assert.Empty(client.Accounts);
    }

    [Fact]
    public async Task Handler_ThatThrows_HarmsOnlyItself()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        bob.MessageReceived += (_, _) => throw new InvalidOperationException("a bug in a handler");
        bob.MessageReceived += (_, e) => seen.TrySetResult(e.Message.Text);
        await alice.SendAsync("sip:bob@example.com", "one");
        Assert.Equal("one", await seen.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }
}
