using System.Threading.Channels;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.TestKit;

namespace ComIm.Interop.Tests.Kamailio;

/// <summary>Two accounts in session mode through a proxy of others that records its route and asks for digest inside dialogs.</summary>
public sealed class KamailioSessionTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [InlineData(ImTransport.Udp, ImTransport.Udp)]
    [InlineData(ImTransport.Tcp, ImTransport.Tcp)]
    [InlineData(ImTransport.Udp, ImTransport.Tcp)]
    public async Task Session_BothWays_CarriesTextsTypingAndItsEnd(ImTransport aliceUses, ImTransport bobUses)
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        await using var server = await KamailioServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(SettingsOf(server, "alice", aliceUses));
        var bob = await client.SignInAsync(SettingsOf(server, "bob", bobUses));
        var toBob = alice.GetConversation("sip:bob@example.com");
        var toAlice = bob.GetConversation("sip:alice@example.com");
        var bobSees = StatesOf(toAlice);
        var typing = Channel.CreateUnbounded<bool>();
        toAlice.PeerTypingChanged += (_, e) => typing.Writer.TryWrite(e.IsTyping);
        toBob.Subject = "Lunch";

        var start = toBob.StartAsync();
        var queued = toBob.SendAsync("queued");
        await start.WaitAsync(Guard);
        await toBob.SendTypingAsync().WaitAsync(Guard);
        Assert.True(await typing.Reader.ReadAsync().AsTask().WaitAsync(Guard));
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(MessageStatus.Delivered, (await toBob.SendAsync("to bob " + i).WaitAsync(Guard)).Status);
            Assert.Equal(MessageStatus.Delivered, (await toAlice.SendAsync("to alice " + i).WaitAsync(Guard)).Status);
        }

        Assert.Equal(MessageStatus.Delivered, (await queued).Status);
        Assert.False(await typing.Reader.ReadAsync().AsTask().WaitAsync(Guard));
        Assert.Equal("Lunch", toAlice.Subject);
        Assert.Equal(toBob.ConversationId, toAlice.ConversationId);
        Assert.Equal(toBob.Messages.Select(m => m.Text), toAlice.Messages.Select(m => m.Text));
        Assert.Equal(ConversationStateReason.StartedByPeer, await bobSees(ConversationState.Connected));

        await toBob.LeaveAsync().WaitAsync(Guard);
        Assert.Equal(ConversationStateReason.PeerLeft, await bobSees(ConversationState.Disconnected));
        await toAlice.SendAsync("once more").WaitAsync(Guard);
        Assert.Equal(ConversationState.Connected, toBob.State);
        Assert.Equal(21 + 1, toBob.Messages.Count);
    }

    [SkippableFact]
    public async Task Sessions_BegunByBothAtOnce_LoseNothing()
    {
        Skip.IfNot(Requires.Kamailio(out var reason), reason);
        await using var server = await KamailioServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(SettingsOf(server, "alice", ImTransport.Udp) with { MessagingMode = MessagingMode.Session });
        var bob = await client.SignInAsync(SettingsOf(server, "bob", ImTransport.Udp) with { MessagingMode = MessagingMode.Session });
        var toBob = alice.GetConversation("sip:bob@example.com");
        var toAlice = bob.GetConversation("sip:alice@example.com");
        await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(i => new[] { toBob.SendAsync("a" + i), toAlice.SendAsync("b" + i) })).WaitAsync(Guard);
        foreach (var conversation in new[] { toBob, toAlice })
        {
            Assert.Equal(Enumerable.Range(0, 10).Select(i => "a" + i), conversation.Messages.Select(m => m.Text).Where(t => t[0] == 'a'));
            Assert.Equal(Enumerable.Range(0, 10).Select(i => "b" + i), conversation.Messages.Select(m => m.Text).Where(t => t[0] == 'b'));
        }
    }

    private static Func<ConversationState, Task<ConversationStateReason>> StatesOf(Conversation conversation)
    {
        var seen = Channel.CreateUnbounded<ConversationStateChangedEventArgs>();
        conversation.StateChanged += (_, e) => seen.Writer.TryWrite(e);
        return async state =>
        {
            while (true)
            {
                var change = await seen.Reader.ReadAsync().AsTask().WaitAsync(Guard);
                if (change.NewState == state)
                {
                    return change.Reason;
                }
            }
        };
    }

    private static ImAccountSettings SettingsOf(KamailioServer server, string user, ImTransport transport) => new()
    {
        Address = $"sip:{user}@{KamailioServer.Domain}",
        Password = server.Passwords[user],
        Server = server.EndPoint.ToString(),
        Transport = transport,
    };
}
