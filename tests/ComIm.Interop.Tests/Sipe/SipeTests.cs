using System.Text;
using System.Threading.Channels;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;

namespace ComIm.Interop.Tests.Sipe;

/// <summary>Sessions with pidgin-sipe, which speaks the dialect of Microsoft's clients: chats that either side begins, and how they end.</summary>
public sealed class SipeTests
{
    private const string Alice = "sip:alice@example.com";
    private const string Bob = "sip:bob@example.com";
    private const string FromAlice = "received " + Alice + " ";
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    public static TheoryData<SipeServerKind, ImTransport> Servers => new()
    {
        { SipeServerKind.KamailioOf2005, ImTransport.Udp },
        { SipeServerKind.KamailioOf2007, ImTransport.Tcp },
        { SipeServerKind.Embedded, ImTransport.Udp },
        { SipeServerKind.Embedded, ImTransport.Tcp },
    };

    [SkippableTheory]
    [MemberData(nameof(Servers))]
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
            Assert.Equal((text, Bob), await NextAsync(received));
        }

        var toBob = alice.GetConversation(Bob);
        var ours = new[] { "hello", "with <angles> & ampersands", "žluťoučký kůň 🐎 عربى", new string('x', 3000) };
        var sent = await Task.WhenAll(ours.Select(text => toBob.SendAsync(text))).WaitAsync(Guard);
        Assert.All(sent, message => Assert.Equal(MessageStatus.Delivered, message.Status));
        await bob.UntilAsync(FromAlice + ours[^1]);
        Assert.Equal(ours, bob.Received(Alice));
        Assert.Equal([.. theirs, .. ours], toBob.Messages.Select(m => m.Text));
        Assert.Equal(ConversationState.Connected, toBob.State);
    }

    [SkippableTheory]
    [MemberData(nameof(Servers))]
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
            Assert.Equal((text, Bob), await NextAsync(received));
        }

        await sending.WaitAsync(Guard);
        await bob.UntilAsync(FromAlice + "a10");
        Assert.Equal(ours, bob.Received(Alice));
        Assert.Equal(20, toBob.Messages.Count);
    }

    [SkippableTheory]
    [MemberData(nameof(Servers))]
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
        Assert.Equal("are you there?", (await NextAsync(received)).Text);
        Assert.Equal("hello?", (await NextAsync(received)).Text);
    }

    [SkippableTheory]
    [MemberData(nameof(Servers))]
    public async Task Chat_ThatWeReject_IsToldToItsUser(SipeServerKind kind, ImTransport transport)
    {
        await using var meeting = await SipeMeeting.StartAsync(kind, transport, s => s with { IncomingConversations = IncomingConversations.Ask });
        meeting.Alice.ConversationRequested += (_, e) => e.Reject(ConversationRejection.Decline);
        await meeting.Bob.DoAsync($"text {Alice} are you there?");
        await meeting.Bob.UntilAsync($"notice {Alice} .*not delivered.*are you there\\?.*");
        Assert.Empty(meeting.Alice.GetConversation(Bob).Messages);
    }

    [SkippableTheory]
    [MemberData(nameof(Servers))]
    public async Task Typing_BothWays_IsSeenUntilItStops(SipeServerKind kind, ImTransport transport)
    {
        await using var meeting = await SipeMeeting.StartAsync(kind, transport);
        var (alice, bob) = (meeting.Alice, meeting.Bob);
        var toBob = alice.GetConversation(Bob);
        var typing = Channel.CreateUnbounded<bool>();
        toBob.PeerTypingChanged += (_, e) => typing.Writer.TryWrite(e.IsTyping);
        await toBob.StartAsync().WaitAsync(Guard);
        await toBob.SendTypingAsync().WaitAsync(Guard);
        await bob.UntilAsync("typing " + Alice);
        await toBob.SendTypingAsync(false).WaitAsync(Guard);
        await bob.UntilAsync("idle " + Alice);

        // It says so by KeyboardActivity, and says nothing when it stops.
        await bob.DoAsync("typing " + Alice);
        Assert.True(await typing.Reader.ReadAsync().AsTask().WaitAsync(Guard));
        await bob.DoAsync($"text {Alice} what I typed");
        Assert.False(await typing.Reader.ReadAsync().AsTask().WaitAsync(Guard));
    }

    [SkippableTheory]
    [InlineData(SipeServerKind.KamailioOf2005, ImTransport.Tcp)]
    [InlineData(SipeServerKind.Embedded, ImTransport.Udp)]
    public async Task KeyboardActivity_FromUs_IsTakenAndSeen(SipeServerKind kind, ImTransport transport)
    {
        await using var meeting = await SipeMeeting.StartAsync(kind, transport);
        var session = meeting.Alice.CreateSession(Bob);
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        session.StateChanged += (_, _) => connected.TrySetResult();
        session.Start();
        await connected.Task.WaitAsync(Guard);
        foreach (var (status, seen) in new[] { ("type", "typing "), ("idle", "idle ") })
        {
            var body = Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><KeyboardActivity><status status=\"{status}\"/></KeyboardActivity>");
            Assert.Equal(200, (await session.SendAsync("INFO", request => request.SetBody("application/xml", body)).WaitAsync(Guard)).StatusCode);
            await meeting.Bob.UntilAsync(seen + Alice);
        }

        await session.EndAsync().WaitAsync(Guard);
    }

    [SkippableTheory]
    [MemberData(nameof(Servers))]
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
        Assert.Equal("one", (await NextAsync(received)).Text);
        await bob.DoAsync("leave " + Alice);
        Assert.Equal(ConversationStateReason.PeerLeft, await endings.Reader.ReadAsync().AsTask().WaitAsync(Guard));

        await toBob.SendAsync("two").WaitAsync(Guard);
        await bob.UntilAsync(FromAlice + "two");
        Assert.Equal(ConversationState.Connected, toBob.State);
        await toBob.LeaveAsync().WaitAsync(Guard);
        await bob.UntilAsync("left");
        Assert.Equal(ConversationStateReason.Left, await endings.Reader.ReadAsync().AsTask().WaitAsync(Guard));

        await bob.DoAsync($"text {Alice} three");
        Assert.Equal("three", (await NextAsync(received)).Text);
        Assert.Equal(["one", "two", "three"], toBob.Messages.Select(m => m.Text));
        Assert.DoesNotContain("notice", bob.Output, StringComparison.Ordinal);

        // Who signs out there closes the connection behind his BYE, which may be lost with it.
        await bob.DoAsync("quit");
        await bob.UntilAsync("signed off");
        await Assert.ThrowsAsync<MessageDeliveryException>(() => toBob.SendAsync("four").WaitAsync(Guard));
    }

    [SkippableTheory]
    [MemberData(nameof(Servers))]
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

        await bob.DoAsync($"text {Alice} I see");
        Assert.Equal("I see", (await NextAsync(received)).Text);
        await toBob.SendAsync("in the session").WaitAsync(Guard);
        await bob.UntilAsync(FromAlice + "in the session");
        Assert.Equal(ConversationState.Connected, toBob.State);
    }

    private static async Task<(string Text, string From)> NextAsync(IAsyncEnumerator<ChatMessage> received)
    {
        Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
        return (received.Current.Text, received.Current.From);
    }
}
