using System.Threading.Channels;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Interop.Tests.Table;

namespace ComIm.Interop.Tests.Sipe;

/// <summary>Sessions with pidgin-sipe, which speaks the dialect of Microsoft's clients: chats that either side begins, and how they end.</summary>
public sealed class SipeTests
{
    private const string Alice = "sip:alice@example.com";
    private const string Bob = "sip:bob@example.com";
    private const string FromAlice = "received " + Alice + " ";
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [MemberData(nameof(SipeServers.All), MemberType = typeof(SipeServers))]
    public async Task Chat_ThatItBegins_HasItsFirstTextOnceAndAllInOrder(SipeServerKind kind, ImTransport transport)
    {
        await using var meeting = await SipeMeeting.StartAsync(kind, transport);
        var (alice, bob) = (meeting.Alice, meeting.Bob);
        await using var received = alice.ReceiveAsync().GetAsyncEnumerator();

        // The first is in its INVITE as well; the others are written before that is answered.
        var theirs = Enumerable.Range(1, 10).Select(i => $"{i} žluťoučký <kůň> & 🐎").ToList();
        foreach (var text in theirs)
        {
            await bob.DoAsync($"text {Alice} {text}");
        }

        foreach (var text in theirs)
        {
            Assert.Equal((text, Bob), await SipeMeeting.NextAsync(received));
        }

        var toBob = alice.GetConversation(Bob);
        var ours = new[] { "hello", "with <angles> & ampersands", "žluťoučký kůň 🐎 عربى", new string('x', 3000) };
        var sent = await Task.WhenAll(ours.Select(text => toBob.SendAsync(text))).WaitAsync(Guard);
        Assert.All(sent, message => Assert.Equal(MessageStatus.Delivered, message.Status));
        await bob.UntilAsync(FromAlice + ours[^1]);
        Assert.Equal(ours, bob.Received(Alice));
        Assert.Equal([.. theirs, .. ours], toBob.Messages.Select(m => m.Text));
        Assert.Equal(ConversationState.Connected, toBob.State);
        SipeMeeting.See(Capability.Tcp);
        SipeMeeting.See(Capability.SessionFrom);
        SipeMeeting.See(Capability.FirstTextInInvite, "yes, shown once");
    }

    [SkippableTheory]
    [MemberData(nameof(SipeServers.All), MemberType = typeof(SipeServers))]
    public async Task Chat_ThatWeBegin_CarriesTextsBothWaysInOrder(SipeServerKind kind, ImTransport transport)
    {
        await using var meeting = await SipeMeeting.StartAsync(kind, transport);
        var (alice, bob) = (meeting.Alice, meeting.Bob);
        await using var received = alice.ReceiveAsync().GetAsyncEnumerator();
        var toBob = alice.GetConversation(Bob);
        await toBob.StartAsync().WaitAsync(Guard);
        Assert.Equal(ConversationState.Connected, toBob.State);
        var ours = Enumerable.Range(1, 10).Select(i => "a" + i).ToList();
        var theirs = Enumerable.Range(1, 10).Select(i => "b" + i).ToList();
        var sending = Task.WhenAll(ours.Select(text => toBob.SendAsync(text)));
        foreach (var text in theirs)
        {
            await bob.DoAsync($"text {Alice} {text}");
        }

        foreach (var text in theirs)
        {
            Assert.Equal((text, Bob), await SipeMeeting.NextAsync(received));
        }

        await sending.WaitAsync(Guard);
        await bob.UntilAsync(FromAlice + "a10");
        Assert.Equal(ours, bob.Received(Alice));
        Assert.Equal(20, toBob.Messages.Count);
        SipeMeeting.See(Capability.SessionTo);
    }

    [SkippableTheory]
    [MemberData(nameof(SipeServers.All), MemberType = typeof(SipeServers))]
    public async Task Chat_WeAreAskedFor_ShowsItsFirstTextBeforeWeAcceptAndOnceAfter(SipeServerKind kind, ImTransport transport)
    {
        await using var meeting = await SipeMeeting.StartAsync(kind, transport, s => s with { IncomingConversations = IncomingConversations.Ask });
        var (alice, bob) = (meeting.Alice, meeting.Bob);
        await using var received = alice.ReceiveAsync().GetAsyncEnumerator();
        var requests = Channel.CreateUnbounded<ConversationRequestedEventArgs>();
        alice.ConversationRequested += (_, e) => requests.Writer.TryWrite(e);
        await bob.DoAsync($"text {Alice} are you there?");
        var request = await requests.Reader.ReadAsync().AsTask().WaitAsync(Guard);
        Assert.Equal((Bob, "are you there?"), (request.Conversation.Peer, request.FirstText));
        Assert.True(request.Accept());
        await bob.DoAsync($"text {Alice} hello?");
        Assert.Equal("are you there?", (await SipeMeeting.NextAsync(received)).Text);
        Assert.Equal("hello?", (await SipeMeeting.NextAsync(received)).Text);
    }

    [SkippableTheory]
    [MemberData(nameof(SipeServers.All), MemberType = typeof(SipeServers))]
    public async Task Chat_ThatWeReject_IsToldToItsUser(SipeServerKind kind, ImTransport transport)
    {
        await using var meeting = await SipeMeeting.StartAsync(kind, transport, s => s with { IncomingConversations = IncomingConversations.Ask });
        meeting.Alice.ConversationRequested += (_, e) => e.Reject(ConversationRejection.Decline);
        await meeting.Bob.DoAsync($"text {Alice} are you there?");
        await meeting.Bob.UntilAsync($"notice {Alice} .*not delivered.*are you there\\?.*");
        Assert.Empty(meeting.Alice.GetConversation(Bob).Messages);
    }

    [SkippableTheory]
    [MemberData(nameof(SipeServers.All), MemberType = typeof(SipeServers))]
    public async Task Leaving_ByEitherSide_IsFollowedByANewSession(SipeServerKind kind, ImTransport transport)
    {
        await using var meeting = await SipeMeeting.StartAsync(kind, transport);
        var (alice, bob) = (meeting.Alice, meeting.Bob);
        await using var received = alice.ReceiveAsync().GetAsyncEnumerator();
        var toBob = alice.GetConversation(Bob);
        var endings = Channel.CreateUnbounded<ConversationStateReason>();
        toBob.StateChanged += (_, e) =>
        {
            if (e.NewState == ConversationState.Disconnected)
            {
                endings.Writer.TryWrite(e.Reason);
            }
        };
        await bob.DoAsync($"text {Alice} one");
        Assert.Equal("one", (await SipeMeeting.NextAsync(received)).Text);
        await bob.DoAsync("leave " + Alice);
        Assert.Equal(ConversationStateReason.PeerLeft, await endings.Reader.ReadAsync().AsTask().WaitAsync(Guard));

        await toBob.SendAsync("two").WaitAsync(Guard);
        await bob.UntilAsync(FromAlice + "two");
        Assert.Equal(ConversationState.Connected, toBob.State);
        await toBob.LeaveAsync().WaitAsync(Guard);
        await bob.UntilAsync("left");
        Assert.Equal(ConversationStateReason.Left, await endings.Reader.ReadAsync().AsTask().WaitAsync(Guard));

        await bob.DoAsync($"text {Alice} three");
        Assert.Equal("three", (await SipeMeeting.NextAsync(received)).Text);
        Assert.Equal(["one", "two", "three"], toBob.Messages.Select(m => m.Text));
        Assert.DoesNotContain("notice", bob.Output, StringComparison.Ordinal);

        // Who signs out there closes the connection behind his BYE, which may be lost with it.
        await bob.DoAsync("quit");
        await bob.UntilAsync("signed off");
        await Assert.ThrowsAsync<MessageDeliveryException>(() => toBob.SendAsync("four").WaitAsync(Guard));
    }
}
