using System.Threading.Channels;
using ComIm.Client.Conferencing;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Server.Conferencing;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Conferencing;

public sealed class GroupTests
{
    [Fact]
    public async Task CreateConversation_IsAGroupFromItsFirstParticipantOn()
    {
        await using var server = await TestServer.StartAsync();
        await using var alice = await ConferenceUser.SignInAsync(server, "alice");
        await using var bob = await ConferenceUser.SignInAsync(server, "bob");
        var group = alice.Account.CreateConversation();
        group.Subject = "lunch";

        await group.AddParticipantAsync("bob@example.com").WaitAsync(ConferenceUser.Guard);

        Assert.True(group.IsConference);
        var theirs = await bob.NewConversationAsync();
        await ConferenceUser.UntilThereAsync(theirs, "alice");
        Assert.Equal("lunch", theirs.Subject);
        await theirs.SendAsync("hello").WaitAsync(ConferenceUser.Guard);
        var heard = await alice.HearAsync();
        Assert.Equal((bob.Address, "hello"), (heard.Message.From, heard.Message.Text));
        Assert.Same(group, heard.Conversation);
    }

    [Fact]
    public async Task Leader_RemovesLocksNamesAndGivesRoles_WhichAttendeesMayNot()
    {
        await using var server = await TestServer.StartAsync();
        await using var alice = await ConferenceUser.SignInAsync(server, "alice");
        await using var bob = await ConferenceUser.SignInAsync(server, "bob");
        await using var carol = await ConferenceUser.SignInAsync(server, "carol");
        var (ours, theirs) = await BeginAsync(alice, bob);

        Assert.Equal(ImError.Forbidden, (await FailAsync(theirs.SetLockedAsync(true))).Error);
        Assert.Equal(ImError.Forbidden, (await FailAsync(theirs.RemoveParticipantAsync(alice.Address))).Error);
        Assert.Equal(ImError.Forbidden, (await FailAsync(theirs.SetRoleAsync(bob.Address, ParticipantRole.Leader))).Error);
        Assert.Equal(ImError.Forbidden, (await FailAsync(theirs.SetSubjectAsync("mine"))).Error);

        await ours.SetSubjectAsync("ours").WaitAsync(ConferenceUser.Guard);
        await ours.SetLockedAsync(true).WaitAsync(ConferenceUser.Guard);
        await ConferenceUser.UntilAsync(theirs, () => theirs is { Subject: "ours", IsLocked: true });
        Assert.Equal(ImError.Forbidden, (await FailAsync(theirs.AddParticipantAsync(carol.Address))).Error);
        Assert.Equal(ImError.Forbidden, (await FailAsync(carol.Account.GetConversation(ours.ConferenceUri!).StartAsync())).Error);

        await ours.SetRoleAsync(bob.Address, ParticipantRole.Leader).WaitAsync(ConferenceUser.Guard);
        await ConferenceUser.UntilAsync(theirs, () => theirs.Self.Role == ParticipantRole.Leader);
        await theirs.AddParticipantAsync(carol.Address).WaitAsync(ConferenceUser.Guard);
        await ConferenceUser.UntilThereAsync(ours, "bob", "carol");
        await theirs.SetLockedAsync(false).WaitAsync(ConferenceUser.Guard);

        var hers = carol.Account.Conversations.Single(c => c.IsConference);
        await ours.RemoveParticipantAsync(carol.Address).WaitAsync(ConferenceUser.Guard);
        await ConferenceUser.UntilAsync(hers, () => hers.State == ConversationState.Disconnected);
        await ConferenceUser.UntilThereAsync(theirs, "alice");
        Assert.Equal(ImError.Forbidden, (await FailAsync(hers.StartAsync())).Error);
        await ours.AddParticipantAsync(carol.Address).WaitAsync(ConferenceUser.Guard);
        await ConferenceUser.UntilAsync(hers, () => hers.State == ConversationState.Connected);
    }

    [Fact]
    public async Task Typing_InARoom_NamesWhoTypes()
    {
        await using var server = await TestServer.StartAsync();
        await using var alice = await ConferenceUser.SignInAsync(server, "alice");
        await using var bob = await ConferenceUser.SignInAsync(server, "bob");
        await using var carol = await ConferenceUser.SignInAsync(server, "carol");
        var (ours, theirs) = await BeginAsync(alice, bob);
        await ours.AddParticipantAsync(carol.Address).WaitAsync(ConferenceUser.Guard);
        await ConferenceUser.UntilThereAsync(theirs, "alice", "carol");

        await ours.SendTypingAsync().WaitAsync(ConferenceUser.Guard);

        await ConferenceUser.UntilAsync(theirs, () => theirs.PeerTyping);
        Assert.Equal(alice.Address, Assert.Single(theirs.Participants, p => p.IsTyping).Address);
        await ours.SendAsync("done").WaitAsync(ConferenceUser.Guard);
        await ConferenceUser.UntilAsync(theirs, () => !theirs.PeerTyping);
        Assert.False(ours.PeerTyping);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task LateJoiner_HearsWhatTheRoomIsConfiguredToKeep(int history)
    {
        await using var server = await TestServer.StartAsync(conferences: new ConferenceOptions { History = history });
        await using var alice = await ConferenceUser.SignInAsync(server, "alice");
        await using var bob = await ConferenceUser.SignInAsync(server, "bob");
        await using var carol = await ConferenceUser.SignInAsync(server, "carol");
        var (ours, _) = await BeginAsync(alice, bob);
        foreach (var text in new[] { "one", "two", "three" })
        {
            await ours.SendAsync(text).WaitAsync(ConferenceUser.Guard);
        }

        await ours.AddParticipantAsync(carol.Address).WaitAsync(ConferenceUser.Guard);
        await ours.SendAsync("four").WaitAsync(ConferenceUser.Guard);

        foreach (var text in new[] { "one", "two", "three" }[^history..].Append("four"))
        {
            var heard = (await carol.HearAsync()).Message;
            Assert.Equal((text, alice.Address), (heard.Text, heard.From));
        }
    }

    [Fact]
    public async Task WhoIsAsked_DecidesBeforeTheyAreIn()
    {
        await using var server = await TestServer.StartAsync();
        await using var alice = await ConferenceUser.SignInAsync(server, "alice");
        await using var bob = await ConferenceUser.SignInAsync(
            server, "bob", s => s with { IncomingConversations = IncomingConversations.Ask }, ComIm.Client.Accounts.ImTransport.Tcp);
        var requests = Channel.CreateUnbounded<ConversationRequestedEventArgs>();
        bob.Account.ConversationRequested += (_, e) => requests.Writer.TryWrite(e);
        var group = alice.Account.CreateConversation();

        var adding = group.AddParticipantAsync(bob.Address);
        var request = await requests.Reader.ReadAsync().AsTask().WaitAsync(ConferenceUser.Guard);
        Assert.True(request.Conversation.IsConference);
        Assert.Equal(ParticipantState.Inviting, Assert.Single(group.Participants).State);
        Assert.True(request.Reject());
        Assert.Equal(ImError.RecipientUnavailable, (await FailAsync(adding)).Error);
        Assert.Empty(group.Participants);

        adding = group.AddParticipantAsync(bob.Address);
        (await requests.Reader.ReadAsync().AsTask().WaitAsync(ConferenceUser.Guard)).Accept();
        Assert.Equal(ParticipantState.Connected, (await adding.WaitAsync(ConferenceUser.Guard)).State);
    }

    [Fact]
    public async Task WhoHasTheUri_JoinsByIt()
    {
        await using var server = await TestServer.StartAsync();
        await using var alice = await ConferenceUser.SignInAsync(server, "alice");
        await using var bob = await ConferenceUser.SignInAsync(server, "bob");
        var group = alice.Account.CreateConversation();
        await group.StartAsync().WaitAsync(ConferenceUser.Guard);

        var theirs = bob.Account.GetConversation(group.ConferenceUri!);
        await theirs.SendAsync("here I am").WaitAsync(ConferenceUser.Guard);

        Assert.True(theirs.IsConference);
        var heard = await alice.HearAsync();
        Assert.Equal(bob.Address, heard.Message.From);
        Assert.Same(group, heard.Conversation);
    }

    [Fact]
    public async Task MessageToARoomThatIsOver_FailsWithThatReason()
    {
        await using var server = await TestServer.StartAsync();
        await using var alice = await ConferenceUser.SignInAsync(server, "alice");
        var group = alice.Account.CreateConversation();
        await group.StartAsync().WaitAsync(ConferenceUser.Guard);
        await group.LeaveAsync().WaitAsync(ConferenceUser.Guard);
        await ConferenceUser.UntilNoRoomAsync(server);

        var failure = await Assert.ThrowsAsync<MessageDeliveryException>(() => group.SendAsync("anybody?").WaitAsync(ConferenceUser.Guard));

        Assert.Equal(ImError.RecipientUnavailable, failure.Error);
    }

    private static async Task<(Conversation Ours, Conversation Theirs)> BeginAsync(ConferenceUser alice, ConferenceUser bob)
    {
        var group = alice.Account.CreateConversation();
        await group.AddParticipantAsync(bob.Address).WaitAsync(ConferenceUser.Guard);
        var theirs = await bob.NewConversationAsync();
        await ConferenceUser.UntilThereAsync(theirs, "alice");
        return (group, theirs);
    }

    private static Task<ImException> FailAsync(Task task) => Assert.ThrowsAsync<ImException>(() => task.WaitAsync(ConferenceUser.Guard));
}
