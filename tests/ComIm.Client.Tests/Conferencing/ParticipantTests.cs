using System.Threading.Channels;
using ComIm.Client.Conferencing;
using ComIm.Client.Conversations;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Conferencing;

public sealed class ParticipantTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task ChatOfTwo_FromBeginningToEnd_ShowsBothParticipantsWhereTheSessionStands()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        var added = Channel.CreateUnbounded<Conversation>();
        bob.ConversationAdded += (_, e) => added.Writer.TryWrite(e.Conversation);

        var conversation = alice.GetConversation("bob@example.com");
        var other = Assert.Single(conversation.Participants);
        Assert.Equal(("sip:bob@example.com", ParticipantState.Disconnected), (other.Address, other.State));
        Assert.True(conversation.Self.IsSelf);
        Assert.False(conversation.IsConference);

        await conversation.StartAsync().WaitAsync(Guard);
        Assert.Equal(ParticipantState.Connected, other.State);
        Assert.Equal(ParticipantState.Connected, conversation.Self.State);
        var theirs = await added.Reader.ReadAsync().AsTask().WaitAsync(Guard);
        Assert.Equal("sip:alice@example.com", Assert.Single(theirs.Participants).Address);

        var typing = Channel.CreateUnbounded<Participant>();
        theirs.ParticipantChanged += (_, e) => typing.Writer.TryWrite(e.Participant);
        await conversation.SendTypingAsync().WaitAsync(Guard);
        while (!(await typing.Reader.ReadAsync().AsTask().WaitAsync(Guard)).IsTyping)
        {
        }

        await conversation.LeaveAsync().WaitAsync(Guard);
        Assert.Equal(ParticipantState.Disconnected, other.State);
        Assert.Same(other, Assert.Single(conversation.Participants));
    }

    [Fact]
    public async Task CreateConversation_HasNobodyInItAndIsToldOf()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        var added = Channel.CreateUnbounded<Conversation>();
        alice.ConversationAdded += (_, e) => added.Writer.TryWrite(e.Conversation);

        var group = alice.CreateConversation();

        Assert.Same(group, await added.Reader.ReadAsync().AsTask().WaitAsync(Guard));
        Assert.Empty(group.Participants);
        Assert.Equal(string.Empty, group.Peer);
        Assert.NotSame(group, alice.CreateConversation());
    }
}
