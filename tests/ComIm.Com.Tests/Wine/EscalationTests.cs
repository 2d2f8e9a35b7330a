using System.Collections.Concurrent;
using ComIm.Client;
using ComIm.TestKit;

namespace ComIm.Com.Tests.Wine;

/// <summary>The conversation sample of the Skype Web SDK in both script hosts, against the embedded server.</summary>
[Collection(WineCollection.Name)]
public sealed class EscalationTests(WinePrefix wine)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [SkippableTheory]
    [InlineData("jscript", "escalation.js")]
    [InlineData("vbscript", "escalation.vbs")]
    public async Task A_chat_of_two_grows_to_three_and_every_listener_fires(string folder, string sample)
    {
        WinePrefix.Demand();
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var bob = await ReceiveAsync(client, server, "bob");
        var carol = await ReceiveAsync(client, server, "carol");
        var output = await wine.RunScriptAsync(
            ChatTests.Sample(folder, sample), server.Address, "sip:alice@example.com", "secret-alice", "sip:bob@example.com", "sip:carol@example.com");

        Assert.Contains("Connected to chat", output, StringComparison.Ordinal);
        Assert.Contains("bob has joined the conversation", output, StringComparison.Ordinal);
        Assert.Contains("carol has joined the conversation", output, StringComparison.Ordinal);
        Assert.Contains("alice (Outgoing): Hello to all of you", output, StringComparison.Ordinal);
        Assert.Contains("Group: True, others: 2", output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Conversation ended", output, StringComparison.Ordinal);
        Assert.Contains("Messages: 2", output, StringComparison.Ordinal);
        Assert.Equal("Hello, shall we ask sip:carol@example.com as well?", Take(bob));
        Assert.Equal("Hello to all of you", Take(bob));
        Assert.Equal("Hello to all of you", Take(carol));
    }

    private static async Task<BlockingCollection<string>> ReceiveAsync(ImClient client, TestServer server, string user)
    {
        var received = new BlockingCollection<string>();
        var account = await client.SignInAsync(server.SettingsOf(user));
        account.MessageReceived += (_, e) => received.Add(e.Message.Text);
        return received;
    }

    private static string Take(BlockingCollection<string> received) =>
        received.TryTake(out var text, Patience) ? text : throw new TimeoutException("Nothing was received.");
}
