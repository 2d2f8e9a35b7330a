using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Interop.Tests.Table;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Kamailio;

/// <summary>
/// Two nodes that replicate their registrations with dmq. Each client is connected to one of them, and each registration names its
/// node in a Path; the name server says which node a client asks first.
/// </summary>
public sealed class KamailioPairTests
{
    private const string Bob = "sip:bob@example.com";
    private const string Alice = "sip:alice@example.com";
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [InlineData(ImTransport.Udp, MessagingMode.Pager)]
    [InlineData(ImTransport.Tcp, MessagingMode.Pager)]
    [InlineData(ImTransport.Udp, MessagingMode.Session)]
    [InlineData(ImTransport.Tcp, MessagingMode.Session)]
    public async Task SignedInAtOne_IsReachedThroughTheOther(ImTransport transport, MessagingMode mode)
    {
        Skip.IfNot(Requires.Kamailio(out var reason) && NameServer.IsInstalled(out reason), reason);
        await using var pair = await KamailioPair.StartAsync();
        await using var client = pair.NewClient();
        var alice = await client.SignInAsync(pair.SettingsOf("alice", "first", transport) with { MessagingMode = mode }).WaitAsync(Guard);
        var bob = await client.SignInAsync(pair.SettingsOf("bob", "second", transport) with { MessagingMode = mode }).WaitAsync(Guard);
        await pair.First.UntilKnownAsync("bob");
        await pair.Second.UntilKnownAsync("alice");
        var (toBob, toAlice) = (alice.GetConversation(Bob), bob.GetConversation(Alice));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, (await toBob.SendAsync("to bob " + i).WaitAsync(Guard)).StatusCode);
            Assert.Equal(200, (await toAlice.SendAsync("to alice " + i).WaitAsync(Guard)).StatusCode);
        }

        Assert.Equal(Enumerable.Range(0, 5).SelectMany(i => new[] { "to bob " + i, "to alice " + i }), toBob.Messages.Select(m => m.Text));
        Assert.Equal(toBob.Messages.Select(m => m.Text), toAlice.Messages.Select(m => m.Text));
        InteropTable.Record(Peer.Kamailio, Capability.ReachedThroughOtherNode);
    }

    [SkippableTheory]
    [InlineData(MessagingMode.Pager)]
    [InlineData(MessagingMode.Session)]
    public async Task Node_Lost_ItsUsersComeBackAtTheOtherAndChatsGoOn(MessagingMode mode)
    {
        Skip.IfNot(Requires.Kamailio(out var reason) && NameServer.IsInstalled(out reason), reason);
        await using var pair = await KamailioPair.StartAsync();
        await using var client = pair.NewClient();
        var alice = await client.SignInAsync(pair.SettingsOf("alice", "first", ImTransport.Tcp) with { MessagingMode = mode }).WaitAsync(Guard);
        var bob = await client.SignInAsync(pair.SettingsOf("bob", "second", ImTransport.Tcp) with { MessagingMode = mode }).WaitAsync(Guard);
        await pair.First.UntilKnownAsync("bob");
        var (toBob, toAlice) = (alice.GetConversation(Bob), bob.GetConversation(Alice));
        await toBob.SendAsync("before").WaitAsync(Guard);

        var bobIsBack = BackOf(bob);
        await pair.LoseSecondAsync();
        await bobIsBack.WaitAsync(Guard);
        await SendAsync(toBob, "after");
        await SendAsync(toAlice, "and back");

        // The node comes back with nothing in its memory, and is told by the other where he is.
        await pair.RestoreSecondAsync();
        await pair.Second.UntilKnownAsync("bob");
        var carol = await client.SignInAsync(pair.SettingsOf("carol", "second", ImTransport.Tcp) with { MessagingMode = mode }).WaitAsync(Guard);
        Assert.Equal(200, (await carol.SendAsync(Bob, "through the node that came back").WaitAsync(Guard)).StatusCode);

        foreach (var conversation in new[] { toBob, toAlice })
        {
            Assert.Equal(["before", "after", "and back"], conversation.Messages.Where(m => m.Status != MessageStatus.Failed).Select(m => m.Text));
        }

        Assert.DoesNotContain(toAlice.Messages, m => m.Status == MessageStatus.Failed);
        Assert.Equal(["through the node that came back"], bob.GetConversation("sip:carol@example.com").Messages.Select(m => m.Text));
        InteropTable.Record(Peer.Kamailio, Capability.NodeLost, "yes, and chats go on");
    }

    /// <summary>
    /// Sends as people do. The way of a session led through the lost node: of what is sent along it nobody can know whether it has
    /// arrived, so it is reported (RFC 3261 section 12.2.1.2); what is sent next makes a new way.
    /// </summary>
    private static async Task SendAsync(Conversation conversation, string text)
    {
        try
        {
            Assert.Equal(200, (await conversation.SendAsync(text).WaitAsync(Guard)).StatusCode);
        }
        catch (MessageDeliveryException e) when (e.StatusCode == 408)
        {
            Assert.Equal(MessageStatus.Failed, e.ChatMessage.Status);
            Assert.Equal(200, (await conversation.SendAsync(text).WaitAsync(Guard)).StatusCode);
        }
    }

    private static Task BackOf(ImAccount account)
    {
        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        account.StateChanged += (_, e) =>
        {
            if (e is { OldState: ImAccountState.Reconnecting, NewState: ImAccountState.SignedIn })
            {
                back.TrySetResult();
            }
        };
        return back.Task;
    }
}
