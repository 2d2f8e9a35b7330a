using ComIm.Client.Conferencing;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Conferencing;

public sealed class EscalationTests
{
    [Fact]
    public async Task AddParticipant_ToALiveChatOfTwo_MovesBothIntoARoomWithTheNewOne()
    {
        await using var server = await TestServer.StartAsync();
        await using var alice = await ConferenceUser.SignInAsync(server, "alice");
        await using var bob = await ConferenceUser.SignInAsync(server, "bob");
        await using var carol = await ConferenceUser.SignInAsync(server, "carol");
        var ours = alice.Account.GetConversation(bob.Address);
        await ours.StartAsync().WaitAsync(ConferenceUser.Guard);
        await ours.SendAsync("before").WaitAsync(ConferenceUser.Guard);
        var theirs = (await bob.HearAsync()).Conversation;

        var added = await ours.AddParticipantAsync(carol.Address).WaitAsync(ConferenceUser.Guard);

        Assert.Equal((carol.Address, ParticipantState.Connected), (added.Address, added.State));
        Assert.True(ours.IsConference);
        Assert.Equal(ConversationState.Connected, ours.State);
        Assert.Equal(ours.ConferenceUri, ours.Peer);
        await ConferenceUser.UntilThereAsync(ours, "bob", "carol");
        await ConferenceUser.UntilThereAsync(theirs, "alice", "carol");
        Assert.True(theirs.IsConference);
        Assert.Equal(ours.ConferenceUri, theirs.ConferenceUri);
        var hers = await carol.NewConversationAsync();
        await ConferenceUser.UntilThereAsync(hers, "alice", "bob");
        await ConferenceUser.UntilAsync(ours, () => ours.Self.Role == ParticipantRole.Leader);
        Assert.Equal(ParticipantRole.Attendee, theirs.Self.Role);

        var sent = await ours.SendAsync("to both").WaitAsync(ConferenceUser.Guard);
        Assert.Equal(MessageStatus.Accepted, sent.Status);
        foreach (var (user, conversation) in new[] { (bob, theirs), (carol, hers) })
        {
            var heard = await user.HearAsync();
            Assert.Equal(("to both", alice.Address, "Alice"), (heard.Message.Text, heard.Message.From, heard.Message.FromDisplayName));
            Assert.Same(conversation, heard.Conversation);
        }

        await hers.SendAsync("from carol").WaitAsync(ConferenceUser.Guard);
        Assert.Equal(carol.Address, (await alice.HearAsync()).Message.From);
        Assert.Equal(carol.Address, (await bob.HearAsync()).Message.From);
        Assert.Equal(["before", "to both", "from carol"], ours.Messages.Select(m => m.Text));
        Assert.Single(bob.Account.Conversations);
        Assert.Equal(1, server.Server.RoomCount);

        await ours.LeaveAsync().WaitAsync(ConferenceUser.Guard);
        await ConferenceUser.UntilThereAsync(theirs, "carol");
        await ConferenceUser.UntilAsync(theirs, () => theirs.Self.Role == ParticipantRole.Leader);
        await theirs.LeaveAsync().WaitAsync(ConferenceUser.Guard);
        await hers.LeaveAsync().WaitAsync(ConferenceUser.Guard);
        await ConferenceUser.UntilNoRoomAsync(server);
    }

    [Fact]
    public async Task WhatThePersonWritesAloneAfterwards_IsAnotherConversation()
    {
        await using var server = await TestServer.StartAsync();
        await using var alice = await ConferenceUser.SignInAsync(server, "alice");
        await using var bob = await ConferenceUser.SignInAsync(server, "bob");
        await using var carol = await ConferenceUser.SignInAsync(server, "carol");
        var ours = alice.Account.GetConversation(bob.Address);
        await ours.AddParticipantAsync(carol.Address).WaitAsync(ConferenceUser.Guard);

        await bob.Account.SendAsync(alice.Address, "only you").WaitAsync(ConferenceUser.Guard);

        var heard = await alice.HearAsync();
        Assert.NotSame(ours, heard.Conversation);
        Assert.Equal(bob.Address, heard.Conversation.Peer);
        Assert.False(carol.HasHeardMore);
    }
}
