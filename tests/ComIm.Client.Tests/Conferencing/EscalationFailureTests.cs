using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Client.Tests.Sessions;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Conferencing;

public sealed class EscalationFailureTests
{
    [Fact]
    public async Task NoFactory_TheChatOfTwoGoesOn()
    {
        await using var server = await TestServer.StartAsync();
        await using var alice = await ConferenceUser.SignInAsync(server, "alice", s => s with { ConferenceFactory = "sip:nobody@example.com" });
        await using var bob = await ConferenceUser.SignInAsync(server, "bob");
        var ours = alice.Account.GetConversation(bob.Address);
        await ours.StartAsync().WaitAsync(ConferenceUser.Guard);

        var failure = await FailAsync(ours.AddParticipantAsync("sip:carol@example.com"));

        Assert.Equal((ImError.NotAccepted, 404), (failure.Error, failure.StatusCode));
        await AssertGoesOnAsync(ours, bob);
        Assert.Equal(0, server.Server.RoomCount);
    }

    [Fact]
    public async Task FactoryThatIsAPerson_IsToldApart()
    {
        await using var server = await TestServer.StartAsync();
        await using var alice = await ConferenceUser.SignInAsync(server, "alice", s => s with { ConferenceFactory = "sip:carol@example.com" });
        await using var bob = await ConferenceUser.SignInAsync(server, "bob");
        await using var carol = await ConferenceUser.SignInAsync(server, "carol");
        var ours = alice.Account.GetConversation(bob.Address);

        var failure = await FailAsync(ours.AddParticipantAsync("sip:carol@example.com"));

        Assert.Equal(ImError.NotAccepted, failure.Error);
        await AssertGoesOnAsync(ours, bob);
        Assert.Equal(ImError.NotAccepted, (await FailAsync(alice.Account.CreateConversation().StartAsync())).Error);
    }

    [Fact]
    public async Task PeerWithPagerMessagesOnly_IsRefusedClearlyAndStillWrittenTo()
    {
        await using var server = await TestServer.StartAsync();
        await using var alice = await ConferenceUser.SignInAsync(server, "alice");
        await using var bob = await ConferenceUser.SignInAsync(server, "bob", s => s with { MessagingMode = MessagingMode.Pager });
        var ours = alice.Account.GetConversation(bob.Address);

        var failure = await FailAsync(ours.AddParticipantAsync("sip:carol@example.com"));

        Assert.Equal((ImError.NotAccepted, 488), (failure.Error, failure.StatusCode));
        Assert.False(ours.IsConference);
        await ours.SendAsync("still here").WaitAsync(ConferenceUser.Guard);
        Assert.Equal("still here", (await bob.HearAsync()).Message.Text);
        Assert.Equal(0, server.Server.RoomCount);
    }

    [Theory]
    [InlineData(420, ImError.NotAccepted)]
    [InlineData(488, ImError.NotAccepted)]
    [InlineData(481, ImError.NotAccepted)]
    [InlineData(603, ImError.RecipientUnavailable)]
    public async Task PeerThatIsNotMoved_GoesOnInTheSessionThereIs(int status, ImError expected)
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client);
        var ours = alice.GetConversation("sip:bob@example.com");
        var starting = ours.StartAsync();
        var two = await peer.AcceptAsync();
        await starting.WaitAsync(ConferenceUser.Guard);

        var adding = ours.AddParticipantAsync("sip:carol@example.com");
        var room = (await peer.InviteAsync()).Accept(SessionPeer.Sdp, r => r.Headers.Set(HeaderId.Contact, "<sip:conf-1@example.com>;isfocus"));
        var refer = peer.Sessions.ReceiveRefer(await peer.RequestAsync(SipMethods.Refer))!;
        Assert.Contains("Replaces=" + two.Dialog.Id.CallId, refer.ReferTo.UriText, StringComparison.Ordinal);
        var waiting = ours.SendAsync("meanwhile");
        refer.Accept();
        await refer.ReportAsync(new SipResponse(status));

        Assert.Equal(expected, (await FailAsync(adding)).Error);
        Assert.False(ours.IsConference);
        Assert.Equal(ConversationState.Connected, ours.State);
        var inside = await peer.InsideAsync();
        Assert.Equal(("meanwhile", two.Dialog.Id.CallId), (inside.Request.BodyText, inside.Request.CallId));
        await waiting.WaitAsync(ConferenceUser.Guard);
        Assert.Equal(SessionEndReason.RemoteBye, (await peer.EndedAsync()).Reason);
        Assert.Equal(InviteSessionState.Ended, room!.State);
    }

    [Fact]
    public async Task NewPersonWhoDoesNotCome_LeavesTheTwoInTheRoom()
    {
        await using var server = await TestServer.StartAsync();
        await using var alice = await ConferenceUser.SignInAsync(server, "alice");
        await using var bob = await ConferenceUser.SignInAsync(server, "bob");
        await using var carol = await ConferenceUser.SignInAsync(server, "carol", s => s with { IncomingConversations = IncomingConversations.Reject });
        var ours = alice.Account.GetConversation(bob.Address);

        Assert.Equal(ImError.RecipientUnavailable, (await FailAsync(ours.AddParticipantAsync(carol.Address))).Error);
        Assert.Equal(ImError.RecipientUnknown, (await FailAsync(ours.AddParticipantAsync("sip:nobody@example.com"))).Error);
        Assert.Equal(ImError.BadAddress, (await Assert.ThrowsAsync<ImException>(() => ours.AddParticipantAsync("???"))).Error);

        Assert.Equal(bob.Address, Assert.Single(ours.Participants).Address);
        await AssertGoesOnAsync(ours, bob);
    }

    [Fact]
    public async Task BothMoveAtOnce_EndInOneRoom()
    {
        await using var server = await TestServer.StartAsync();
        await using var alice = await ConferenceUser.SignInAsync(server, "alice");
        await using var bob = await ConferenceUser.SignInAsync(server, "bob");
        await using var carol = await ConferenceUser.SignInAsync(server, "carol");
        var ours = alice.Account.GetConversation(bob.Address);
        await ours.StartAsync().WaitAsync(ConferenceUser.Guard);
        var theirs = await bob.NewConversationAsync();

        await Task.WhenAll(ours.AddParticipantAsync(carol.Address), theirs.AddParticipantAsync(carol.Address)).WaitAsync(ConferenceUser.Guard);

        Assert.Equal(ours.ConferenceUri, theirs.ConferenceUri);
        await ConferenceUser.UntilThereAsync(ours, "bob", "carol");
        await ConferenceUser.UntilThereAsync(theirs, "alice", "carol");
        await ours.SendAsync("one room").WaitAsync(ConferenceUser.Guard);
        Assert.Equal("one room", (await bob.HearAsync()).Message.Text);
        Assert.Equal("one room", (await carol.HearAsync()).Message.Text);
    }

    private static async Task AssertGoesOnAsync(Conversation ours, ConferenceUser bob)
    {
        Assert.Equal(ConversationState.Connected, ours.State);
        await ours.SendAsync("still here").WaitAsync(ConferenceUser.Guard);
        Assert.Equal("still here", (await bob.HearAsync()).Message.Text);
    }

    private static Task<ImException> FailAsync(Task task) => Assert.ThrowsAsync<ImException>(() => task.WaitAsync(ConferenceUser.Guard));
}
