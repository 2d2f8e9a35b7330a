using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Sessions;

/// <summary>Two accounts in session mode through the embedded server.</summary>
public sealed class EmbeddedServerSessionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(ImTransport.Udp, ImTransport.Udp)]
    [InlineData(ImTransport.Tcp, ImTransport.Tcp)]
    [InlineData(ImTransport.Udp, ImTransport.Tcp)]
    public async Task Session_BothWays_CarriesTextsAndItsEnd(ImTransport aliceUses, ImTransport bobUses)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice", aliceUses));
        var bob = await client.SignInAsync(server.SettingsOf("bob", bobUses));
        var toBob = alice.GetConversation("sip:bob@example.com");
        var toAlice = bob.GetConversation("sip:alice@example.com");
        var bobSees = SessionPeer.Watch(toAlice);

        await toBob.StartAsync().WaitAsync(Patience);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(MessageStatus.Delivered, (await toBob.SendAsync("to bob " + i).WaitAsync(Patience)).Status);
            Assert.Equal(MessageStatus.Delivered, (await toAlice.SendAsync("to alice " + i).WaitAsync(Patience)).Status);
        }

        Assert.Equal(toBob.Messages.Select(m => m.Text), toAlice.Messages.Select(m => m.Text));
        Assert.Equal(toBob.ConversationId, toAlice.ConversationId);
        await toBob.LeaveAsync().WaitAsync(Patience);
        Assert.Equal(ConversationStateReason.PeerLeft, (await bobSees(ConversationState.Disconnected)).Reason);
    }
}
