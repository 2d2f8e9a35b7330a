using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Interop.Tests.Table;
using ComIm.Client;

namespace ComIm.Interop.Tests.Sipe;

/// <summary>What pidgin-sipe makes of messages outside sessions, of content other than text, and of a conference.</summary>
public sealed class SipeContentTests
{
    private const string Alice = "sip:alice@example.com";
    private const string Bob = "sip:bob@example.com";
    private const string FromAlice = "received " + Alice + " ";
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [MemberData(nameof(SipeServers.All), MemberType = typeof(SipeServers))]
    public async Task PagerMessages_AreShown_AndItsAnswerBeginsASession(SipeServerKind kind, ImTransport transport)
    {
        await using var meeting = await SipeMeeting.StartAsync(kind, transport, s => s with { MessagingMode = MessagingMode.Auto });
        var (alice, bob) = (meeting.Alice, meeting.Bob);
        await using var received = alice.ReceiveAsync().GetAsyncEnumerator();
        var toBob = alice.GetConversation(Bob);
        await toBob.SendAsync("outside a session").WaitAsync(Guard);
        await toBob.SendAsync(MessageContent.Html("<b>disk</b> full")).WaitAsync(Guard);
        Assert.Equal(ConversationState.Idle, toBob.State);

        // What it does not take, an envelope that asks for a receipt, is sent as it is taken.
        var asked = await toBob.SendAsync(MessageContent.Plain("read this"), new SendOptions { RequestReceipts = true }).WaitAsync(Guard);
        Assert.Equal(MessageStatus.Delivered, asked.Status);
        await bob.UntilAsync(FromAlice + "read this");
        Assert.Equal(["outside a session", "disk full", "read this"], bob.Received(Alice));
        SipeMeeting.See(Capability.PagerTo);
        SipeMeeting.See(Capability.Html);

        await bob.DoAsync($"text {Alice} I see");
        Assert.Equal("I see", (await SipeMeeting.NextAsync(received)).Text);
        await toBob.SendAsync("in the session").WaitAsync(Guard);
        await bob.UntilAsync(FromAlice + "in the session");
        Assert.Equal(ConversationState.Connected, toBob.State);
        SipeMeeting.See(Capability.PagerFrom, "begins a session");
    }

    [SkippableTheory]
    [MemberData(nameof(SipeServers.All), MemberType = typeof(SipeServers))]
    public async Task Content_ItDoesNotTake_IsRefusedAndTheChatGoesOn(SipeServerKind kind, ImTransport transport)
    {
        await using var meeting = await SipeMeeting.StartAsync(kind, transport);
        var toBob = meeting.Alice.GetConversation(Bob);
        await toBob.SendAsync("look").WaitAsync(Guard);
        var picture = MessageContent.Of("image/png", new byte[] { 0x89, 0x50, 0x4E, 0x47 });
        var error = await Assert.ThrowsAsync<MessageDeliveryException>(() => toBob.SendAsync(picture).WaitAsync(Guard));
        Assert.Equal((ImError.NotAccepted, 415), (error.Error, error.StatusCode));
        await toBob.SendAsync("did you see it?").WaitAsync(Guard);
        await meeting.Bob.UntilAsync(FromAlice + "did you see it\\?");
        Assert.Equal(["look", "did you see it?"], meeting.Bob.Received(Alice));
        SipeMeeting.See(Capability.OtherContent, "refuses: 415");
    }

    [SkippableTheory]
    [InlineData(ImTransport.Udp)]
    [InlineData(ImTransport.Tcp)]
    public async Task Conference_ItIsAskedInto_IsAChatWithTheRoomForIt(ImTransport transport)
    {
        await using var meeting = await SipeMeeting.StartAsync(SipeServerKind.Embedded, transport);
        var (alice, bob) = (meeting.Alice, meeting.Bob);
        var carol = await meeting.SignInAsync("carol");
        await using var atAlices = alice.ReceiveAsync().GetAsyncEnumerator();
        await using var atCarols = carol.ReceiveAsync().GetAsyncEnumerator();
        var conversation = alice.GetConversation(Bob);
        await conversation.SendAsync("hello").WaitAsync(Guard);
        await conversation.AddParticipantAsync(carol.Address).WaitAsync(Guard);
        Assert.True(conversation.IsConference);

        await conversation.SendAsync("all of you").WaitAsync(Guard);
        Assert.Equal(("all of you", Alice), await SipeMeeting.NextAsync(atCarols));
        var room = (await bob.UntilAsync("received (\\S+) all of you")).Groups[1].Value;
        Assert.Equal(conversation.ConferenceUri, room);

        // It takes the room for a person; the room knows who it is.
        await bob.DoAsync($"text {room} me too");
        Assert.Equal(("me too", Bob), await SipeMeeting.NextAsync(atAlices));
        Assert.Equal(("me too", Bob), await SipeMeeting.NextAsync(atCarols));
        Assert.Equal(["hello"], bob.Received(Alice));
        SipeMeeting.See(Capability.Conference, "comes, and takes the room for a person");
    }
}
