using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.TestKit;

namespace ComIm.Client.Tests.History;

public sealed class HistoryTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("comim-history-");
    private TestServer _server = null!;

    private ImClientOptions Options => new() { DataDirectory = _folder.FullName, KeepHistory = true };

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Conversation_OfThisRun_IsReadBack()
    {
        await using var client = new ImClient();
        var (alice, bob) = (await SignInAsync(client, "alice"), await SignInAsync(client, "bob"));
        foreach (var text in new[] { "one", "two", "three" })
        {
            await alice.SendAsync(bob.Address, text);
        }

        Assert.Equal(["sip:bob@example.com"], alice.History.Addresses);
        var all = alice.History.Read("bob@example.com");
        Assert.Equal(["one", "two", "three"], all.Select(m => m.Text));
        Assert.Equal(all, alice.History.Read("sip:bob@EXAMPLE.com"));
        Assert.Same(alice.GetConversation(bob.Address).Messages[1], all[1]);
        Assert.Equal(["two", "three"], alice.History.Read(bob.Address, count: 2).Select(m => m.Text));
        Assert.Equal(all.Where(m => m.Timestamp >= all[1].Timestamp), alice.History.Read(bob.Address, since: all[1].Timestamp));
        Assert.Empty(alice.History.Read(bob.Address, since: DateTimeOffset.MaxValue));
        Assert.Empty(alice.History.Read("carol@example.com"));
    }

    [Fact]
    public async Task Conversation_OfARunBefore_IsReadBackAsItWas()
    {
        var picture = new byte[] { 0, 255, 10, 13 };
        await using (var client = new ImClient(Options))
        {
            var (alice, bob) = (await SignInAsync(client, "alice"), await SignInAsync(client, "bob"));
            await alice.SendAsync(bob.Address, "žluťoučký kůň 🐎\r\n\"two\" lines");
            await bob.GetConversation(alice.Address).SendAsync(MessageContent.Html("<b>bold</b> &amp; loud"));
            await alice.GetConversation(bob.Address).SendAsync(MessageContent.Of("image/png", picture));
            await Assert.ThrowsAsync<MessageDeliveryException>(() => alice.SendAsync("nobody@example.com", "?"));
        }

        await using var next = new ImClient(Options);
        var history = (await SignInAsync(next, "alice")).History;
        Assert.Equal(["sip:bob@example.com", "sip:nobody@example.com"], history.Addresses.Order());
        var read = history.Read("bob@example.com");
        Assert.Equal("žluťoučký kůň 🐎\r\n\"two\" lines", read[0].Text);
        Assert.Equal((MessageDirection.Outgoing, MessageStatus.Delivered, 200), (read[0].Direction, read[0].Status, read[0].StatusCode));
        Assert.Equal((MessageDirection.Incoming, "bold & loud", "<b>bold</b> &amp; loud"), (read[1].Direction, read[1].Text, read[1].Content.Text));
        Assert.Equal("image/png", read[2].ContentType);
        Assert.Equal(picture, read[2].Content.Bytes.ToArray());
        var failed = Assert.Single(history.Read("nobody@example.com"));
        Assert.Equal((MessageStatus.Failed, 404, ImError.RecipientUnknown), (failed.Status, failed.StatusCode, failed.Failure!.Error));
    }

    [Fact]
    public async Task Run_After_GoesOnWhereTheOneBeforeEnded_AndForgetsWhatItIsTold()
    {
        foreach (var text in new[] { "first run", "second run" })
        {
            await using var client = new ImClient(Options);
            var (alice, bob) = (await SignInAsync(client, "alice"), await SignInAsync(client, "bob"));
            await alice.SendAsync(bob.Address, text);
            if (text == "second run")
            {
                Assert.Equal(["first run", "second run"], alice.History.Read(bob.Address).Select(m => m.Text));
                Assert.Same(alice.GetConversation(bob.Address).Messages[0], alice.History.Read(bob.Address)[1]);
                await alice.History.DeleteAsync(bob.Address);
                Assert.Equal(["second run"], alice.History.Read(bob.Address).Select(m => m.Text));
            }
        }

        await using var last = new ImClient(Options);
        Assert.Empty((await SignInAsync(last, "alice")).History.Read("bob@example.com"));
    }

    [Fact]
    public async Task History_NotAskedFor_LeavesNothing()
    {
        await using (var client = new ImClient(new ImClientOptions { DataDirectory = _folder.FullName }))
        {
            var (alice, bob) = (await SignInAsync(client, "alice"), await SignInAsync(client, "bob"));
            await alice.SendAsync(bob.Address, "gone");
        }

        Assert.Empty(_folder.GetFiles("*.jsonl", SearchOption.AllDirectories));
        Assert.All(_folder.GetFiles("*", SearchOption.AllDirectories), f => Assert.DoesNotContain("gone", File.ReadAllText(f.FullName), StringComparison.Ordinal));
    }

    [Fact]
    public void History_WithoutADirectory_IsAMistake() =>
        Assert.Throws<ArgumentException>(() => new ImClient(new ImClientOptions { KeepHistory = true }));

    private Task<ImAccount> SignInAsync(ImClient client, string user) => client.SignInAsync(_server.SettingsOf(user));
}
