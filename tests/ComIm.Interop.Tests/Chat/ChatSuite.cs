using System.Threading.Channels;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Interop.Tests.Table;

namespace ComIm.Interop.Tests.Chat;

/// <summary>What people do with conversations, over each transport, whatever server is between them.</summary>
public abstract class ChatSuite(IChatServer server)
{
    private const string Bob = "sip:bob@example.com";
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    public static TheoryData<ImTransport> Transports => [ImTransport.Udp, ImTransport.Tcp, ImTransport.Tls];

    public static TheoryData<ImTransport, MessagingMode> TransportsAndModes
    {
        get
        {
            var data = new TheoryData<ImTransport, MessagingMode>();
            foreach (var transport in new[] { ImTransport.Udp, ImTransport.Tcp, ImTransport.Tls })
            {
                data.Add(transport, MessagingMode.Pager);
                data.Add(transport, MessagingMode.Session);
            }

            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TransportsAndModes))]
    public async Task Messages_OfEveryKindAndLength_ArriveAsTheyAre(ImTransport transport, MessagingMode mode)
    {
        await using var client = NewClient();
        var (alice, bob) = await SignInAsync(client, transport, mode);
        await using var received = bob.ReceiveAsync().GetAsyncEnumerator();
        foreach (var content in new[]
        {
            MessageContent.Plain("hello"),
            MessageContent.Plain("žluťoučký kůň 🐎 \u202Eعربى\u202C e\u0301 \U0010FFFD"),
            MessageContent.Html("<p>disk <b>full</b></p>"),
            MessageContent.Of("application/octet-stream", new byte[] { 0, 13, 10, 13, 10, 255 }),
            MessageContent.Plain(string.Concat(Enumerable.Range(0, 2500).Select(i => $"řádek {i}\r\n"))),
            MessageContent.Plain("short again"),
        })
        {
            var sent = await alice.SendAsync(Bob, content).WaitAsync(Guard);
            Assert.Equal(MessageStatus.Delivered, sent.Status);
            Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
            Assert.Equal(content.ContentType, received.Current.Content.ContentType);
            Assert.Equal(content.Bytes.ToArray(), received.Current.Content.Bytes.ToArray());
            Assert.Equal("sip:alice@example.com", received.Current.From);
        }

        Record(Enum.Parse<Capability>(transport.ToString()));
        Record(mode == MessagingMode.Pager ? Capability.PagerTo : Capability.SessionTo);
    }

    [SkippableTheory]
    [MemberData(nameof(Transports))]
    public async Task Session_FromItsBeginningToItsEnd_CarriesEverything(ImTransport transport)
    {
        await using var client = NewClient();
        var (alice, bob) = await SignInAsync(client, transport, MessagingMode.Auto);
        var (toBob, toAlice) = (alice.GetConversation(Bob), bob.GetConversation("sip:alice@example.com"));
        var bobSees = StatesOf(toAlice);
        var typing = Channel.CreateUnbounded<bool>();
        toAlice.PeerTypingChanged += (_, e) => typing.Writer.TryWrite(e.IsTyping);
        toBob.Subject = "Lunch";
        var starting = toBob.StartAsync();
        var queued = toBob.SendAsync("written before it was connected");
        await starting.WaitAsync(Guard);
        await queued.WaitAsync(Guard);
        await toBob.SendTypingAsync().WaitAsync(Guard);
        Assert.True(await typing.Reader.ReadAsync().AsTask().WaitAsync(Guard));
        await toBob.SendAsync("one").WaitAsync(Guard);
        Assert.False(await typing.Reader.ReadAsync().AsTask().WaitAsync(Guard));
        await toAlice.SendAsync("two").WaitAsync(Guard);
        Assert.Equal("Lunch", toAlice.Subject);
        Assert.Equal(toBob.ConversationId, toAlice.ConversationId);

        await toBob.LeaveAsync().WaitAsync(Guard);
        Assert.Equal(ConversationStateReason.PeerLeft, await bobSees(ConversationState.Disconnected));
        await toAlice.SendAsync("and resumed").WaitAsync(Guard);
        Assert.Equal(ConversationState.Connected, toBob.State);
        Assert.Equal(["written before it was connected", "one", "two", "and resumed"], toBob.Messages.Select(m => m.Text));
        Assert.Equal(toBob.Messages.Select(m => m.Text), toAlice.Messages.Select(m => m.Text));
        Record(Capability.TypingTo);
    }

    [SkippableTheory]
    [MemberData(nameof(TransportsAndModes))]
    public async Task Messages_WrittenWithoutWaiting_ArriveInOrder(ImTransport transport, MessagingMode mode)
    {
        const int Count = 50;
        await using var client = NewClient();
        var (alice, bob) = await SignInAsync(client, transport, mode);
        var (toBob, toAlice) = (alice.GetConversation(Bob), bob.GetConversation("sip:alice@example.com"));
        await toBob.SendAsync("first").WaitAsync(Guard);
        await Task.WhenAll(Enumerable.Range(0, Count)
            .SelectMany(i => new[] { toBob.SendAsync("a" + i), toAlice.SendAsync("b" + i) })).WaitAsync(Guard);
        foreach (var conversation in new[] { toBob, toAlice })
        {
            var texts = conversation.Messages.Select(m => m.Text).ToList();
            Assert.Equal(Enumerable.Range(0, Count).Select(i => "a" + i), texts.Where(t => t[0] == 'a'));
            Assert.Equal(Enumerable.Range(0, Count).Select(i => "b" + i), texts.Where(t => t[0] == 'b'));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(TransportsAndModes))]
    public async Task Receipts_AskedFor_SayDeliveredAndDisplayed(ImTransport transport, MessagingMode mode)
    {
        await using var client = NewClient();
        var (alice, bob) = await SignInAsync(client, transport, mode);
        var toBob = alice.GetConversation(Bob);
        var displayed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        toBob.MessageStatusChanged += (_, e) =>
        {
            if (e.Status == MessageStatus.Displayed)
            {
                displayed.TrySetResult();
            }
        };
        await using var received = bob.ReceiveAsync().GetAsyncEnumerator();
        var sent = await toBob.SendAsync(MessageContent.Plain("read this"), new SendOptions { RequestReceipts = true }).WaitAsync(Guard);
        Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
        Assert.Equal("read this", received.Current.Text);
        await bob.GetConversation("sip:alice@example.com").MarkDisplayedAsync(received.Current).WaitAsync(Guard);
        await displayed.Task.WaitAsync(Guard);
        Assert.Equal(MessageStatus.Displayed, sent.Status);
        Assert.Single(toBob.Messages);
        Record(Capability.ReceiptsTo);
    }

    [SkippableTheory]
    [MemberData(nameof(Transports))]
    public async Task Message_ToNobody_FailsWithItsCause(ImTransport transport)
    {
        await using var client = NewClient();
        var (alice, _) = await SignInAsync(client, transport, MessagingMode.Auto);
        var error = await Assert.ThrowsAsync<MessageDeliveryException>(() => alice.SendAsync("sip:nobody@example.com", "?").WaitAsync(Guard));
        Assert.Equal((ImError.RecipientUnknown, 404, MessageStatus.Failed), (error.Error, error.StatusCode, error.ChatMessage.Status));
        Record(Capability.Unknown, $"refuses: {error.StatusCode}");
    }

    [SkippableTheory]
    [MemberData(nameof(Transports))]
    public async Task Conversation_Rejected_SaysHow(ImTransport transport)
    {
        await using var client = NewClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice", transport)).WaitAsync(Guard);
        var bob = await client.SignInAsync(server.SettingsOf("bob", transport) with { IncomingConversations = IncomingConversations.Ask }).WaitAsync(Guard);
        bob.ConversationRequested += (_, e) => e.Reject(ConversationRejection.Busy);
        var error = await Assert.ThrowsAsync<ImException>(() => alice.GetConversation(Bob).StartAsync().WaitAsync(Guard));
        Assert.Equal((ImError.RecipientUnavailable, 486), (error.Error, error.StatusCode));
        Record(Capability.Busy, $"refuses: {error.StatusCode}");
    }

    [SkippableTheory]
    [MemberData(nameof(Transports))]
    public async Task SignIn_WithAWrongPassword_SaysSo(ImTransport transport)
    {
        await using var client = NewClient();
        var error = await Assert.ThrowsAsync<ImException>(
            () => client.SignInAsync(server.SettingsOf("alice", transport) with { Password = "guess" }).WaitAsync(Guard));
        Assert.Equal(ImError.AuthenticationFailed, error.Error);
        Record(Capability.WrongPassword, $"refuses: {error.StatusCode}");
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

    private void Record(Capability capability, string verdict = InteropTable.Yes)
    {
        if (server.Peer is { } peer)
        {
            InteropTable.Record(peer, capability, verdict);
        }
    }

    private ImClient NewClient()
    {
        Skip.IfNot(server.Missing is null, server.Missing);
        return new ImClient();
    }

    private async Task<(ImAccount Alice, ImAccount Bob)> SignInAsync(ImClient client, ImTransport transport, MessagingMode mode) =>
        (await client.SignInAsync(server.SettingsOf("alice", transport) with { MessagingMode = mode }).WaitAsync(Guard),
            await client.SignInAsync(server.SettingsOf("bob", transport) with { MessagingMode = mode }).WaitAsync(Guard));
}
