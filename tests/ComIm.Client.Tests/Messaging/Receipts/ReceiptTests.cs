using System.Globalization;
using System.Text;
using System.Threading.Channels;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Client.Tests.Sessions;
using ComIm.Sip.Messages;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Messaging.Receipts;

/// <summary>Who is told what became of a message, and who is not (RFC 5438).</summary>
public sealed class ReceiptTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);
    private static readonly SendOptions Asking = new() { RequestReceipts = true };

    [Theory]
    [InlineData(MessagingMode.Pager)]
    [InlineData(MessagingMode.Session)]
    public async Task Message_ShownToItsReader_IsDisplayed(MessagingMode mode)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice") with { MessagingMode = mode });
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        await using var received = bob.ReceiveAsync().GetAsyncEnumerator();
        var toBob = alice.GetConversation("sip:bob@example.com");
        var statuses = Watch(toBob);
        var sent = await toBob.SendAsync(MessageContent.Html("<b>look</b>"), Asking).WaitAsync(Guard);
        Assert.Equal(MessageStatus.Delivered, sent.Status);
        Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
        Assert.Equal(("<b>look</b>", "look", "text/html"), (received.Current.Content.Text, received.Current.Text, received.Current.ContentType));

        var toAlice = bob.GetConversation("sip:alice@example.com");
        await toAlice.MarkDisplayedAsync(received.Current).WaitAsync(Guard);
        await toAlice.MarkDisplayedAsync(received.Current).WaitAsync(Guard);
        await statuses(MessageStatus.Displayed);
        Assert.Equal((MessageStatus.Displayed, 200), (sent.Status, sent.StatusCode));
        Assert.Equal(MessageStatus.Displayed, received.Current.Status);

        // Receipts are no messages, on either side.
        Assert.Single(toBob.Messages);
        Assert.Single(toAlice.Messages);
    }

    [Fact]
    public async Task Message_StoredForSomebodyAway_IsDeliveredAndDisplayedLater()
    {
        var folder = Directory.CreateTempSubdirectory("comim-receipts-").FullName;
        await using var server = await TestServer.StartAsync(store: new() { Path = Path.Combine(folder, "messages.db") });
        await using var client = new ImClient();
        var alice = await client.SignInAsync(server.SettingsOf("alice"));
        var bob = await client.SignInAsync(server.SettingsOf("bob"));
        var toBob = alice.GetConversation("sip:bob@example.com");
        var statuses = Watch(toBob);
        await toBob.SendAsync(MessageContent.Plain("are you there?"), Asking).WaitAsync(Guard);
        await bob.SignOutAsync();

        // What bob takes is known by now, so nothing has to be asked for.
        var sent = await toBob.SendAsync("read this when you are back").WaitAsync(Guard);
        Assert.Equal((MessageStatus.Accepted, 202), (sent.Status, sent.StatusCode));
        bob = await client.SignInAsync(server.SettingsOf("bob"));
        await using var received = bob.ReceiveAsync().GetAsyncEnumerator();
        Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Guard));
        Assert.Equal("read this when you are back", received.Current.Text);
        while (sent.Status != MessageStatus.Delivered)
        {
            await statuses(MessageStatus.Delivered);
        }

        await bob.GetConversation("sip:alice@example.com").MarkDisplayedAsync(received.Current).WaitAsync(Guard);
        await statuses(MessageStatus.Displayed);
        Assert.Equal(MessageStatus.Displayed, sent.Status);
    }

    [Fact]
    public async Task Peer_ThatHasShownNothing_IsSentPlainText()
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client);
        var sending = alice.SendAsync("sip:bob@example.com", "hello");
        var request = await peer.RequestAsync(SipMethods.Message);
        Assert.Equal("text/plain;charset=utf-8", request.Request.Headers.Get(HeaderId.ContentType));
        request.Respond(200);
        Assert.Equal(MessageStatus.Delivered, (await sending.WaitAsync(Guard)).Status);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("text/plain, */*", false)]
    [InlineData("text/plain, message/cpim", true)]
    public async Task Peer_AskedWhatItTakes_DecidesByItsAnswer(string? accept, bool isWrapped)
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client);
        for (var i = 0; i < 2; i++)
        {
            var sending = alice.SendAsync("sip:bob@example.com", MessageContent.Plain("hello"), Asking);
            if (i == 0)
            {
                var question = await peer.RequestAsync(SipMethods.Options);
                var answer = question.CreateResponse(200);
                if (accept is not null)
                {
                    answer.Headers.Add(HeaderId.Accept, accept);
                }

                question.Respond(answer);
            }

            var request = await peer.RequestAsync(SipMethods.Message);
            Assert.Equal(isWrapped ? "message/cpim" : "text/plain;charset=utf-8", request.Request.Headers.Get(HeaderId.ContentType));
            request.Respond(200);
            await sending.WaitAsync(Guard);
        }
    }

    [Theory]
    [InlineData("a=accept-types:text/plain message/cpim", true)]
    [InlineData("a=accept-types:message/cpim\r\na=accept-wrapped-types:text/plain", true)]
    [InlineData("a=accept-types:text/plain\r\na=accept-wrapped-types:*", true)]
    [InlineData("a=accept-types:text/plain *", false)]
    [InlineData("a=x", false)]
    public async Task Session_WhoseDescriptionNamesTheEnvelope_UsesIt(string attributes, bool isWrapped)
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client, s => s with { MessagingMode = MessagingMode.Session });
        var sending = alice.SendAsync("sip:bob@example.com", "hello");
        var sdp = Encoding.UTF8.GetString(SessionPeer.Sdp.Content.Span).Replace("a=accept-types:text/plain", attributes, StringComparison.Ordinal);
        (await peer.InviteAsync()).Accept(SessionPeer.Sdp with { Content = Encoding.UTF8.GetBytes(sdp) });
        var message = await peer.InsideAsync();
        Assert.Equal(isWrapped ? "message/cpim" : "text/plain;charset=utf-8", message.Request.Headers.Get(HeaderId.ContentType));
        await sending.WaitAsync(Guard);
    }

    [Fact]
    public async Task Peer_ThatRefusesTheEnvelope_IsSentTheTextBareFromThenOn()
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client);
        await peer.SendOutsideAsync(Cpim("hello", "positive-delivery"), 200);
        (await peer.RequestAsync(SipMethods.Message)).Respond(415);

        var sending = alice.SendAsync("sip:bob@example.com", "hello");
        var wrapped = await peer.RequestAsync(SipMethods.Message);
        Assert.Equal("message/cpim", wrapped.Request.Headers.Get(HeaderId.ContentType));
        wrapped.Respond(415);
        var bare = await peer.RequestAsync(SipMethods.Message);
        Assert.Equal("hello", bare.Request.BodyText);
        bare.Respond(200);
        Assert.Equal(MessageStatus.Delivered, (await sending.WaitAsync(Guard)).Status);

        sending = alice.SendAsync("sip:bob@example.com", MessageContent.Plain("again"), Asking);
        bare = await peer.RequestAsync(SipMethods.Message);
        Assert.Equal("again", bare.Request.BodyText);
        bare.Respond(200);
        await sending.WaitAsync(Guard);
    }

    [Fact]
    public async Task Receipt_ThatAsksForAReceipt_GetsNone()
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client);
        var notice = "<imdn xmlns=\"urn:ietf:params:xml:ns:imdn\"><message-id>x</message-id><delivery-notification><status><delivered/></status></delivery-notification></imdn>";
        await peer.SendOutsideAsync(Cpim(notice, "positive-delivery, display", "message/imdn+xml"), 200);
        await peer.SendOutsideAsync(Cpim("<isComposing xmlns=\"urn:ietf:params:xml:ns:im-iscomposing\"><state>active</state></isComposing>", "positive-delivery", "application/im-iscomposing+xml"), 200);
        await peer.SendOutsideAsync(Cpim("a message", "display"), 200);

        // The first request that comes back is the receipt of the message, when it is shown.
        var conversation = alice.GetConversation("sip:bob@example.com");
        var message = Assert.Single(conversation.Messages);
        var marking = conversation.MarkDisplayedAsync(message);
        var receipt = await peer.RequestAsync(SipMethods.Message);
        Assert.Contains("<message-id>m-1</message-id>", receipt.Request.BodyText, StringComparison.Ordinal);
        Assert.Contains("<datetime>2026-01-01T00:00:00Z</datetime>", receipt.Request.BodyText, StringComparison.Ordinal);
        Assert.Contains("<displayed />", receipt.Request.BodyText, StringComparison.Ordinal);
        Assert.DoesNotContain("Disposition-Notification", receipt.Request.BodyText, StringComparison.Ordinal);
        receipt.Respond(200);
        await marking.WaitAsync(Guard);
    }

    [Fact]
    public async Task Receipt_GoesToTheSenderOnly_WhateverTheEnvelopeSays()
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client);
        await peer.SendOutsideAsync(Cpim("hello", "positive-delivery").Replace("sip:bob@", "sip:victim@", StringComparison.Ordinal), 200);
        var receipt = await peer.RequestAsync(SipMethods.Message);
        Assert.Equal("sip:bob@example.com", receipt.Request.RequestUriText);
        receipt.Respond(200);
    }

    [Fact]
    public async Task Receipts_OfManyMessages_GoOneAfterAnother()
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        await peer.SignInAsync(client);
        for (var i = 0; i < 20; i++)
        {
            await peer.SendOutsideAsync(Cpim("hello", "positive-delivery").Replace("m-1", "m-" + i, StringComparison.Ordinal), 200);
        }

        for (var i = 0; i < 20; i++)
        {
            var receipt = await peer.RequestAsync(SipMethods.Message);
            Assert.Contains($"<message-id>m-{i}</message-id>", receipt.Request.BodyText, StringComparison.Ordinal);
            Assert.False(peer.HasRequest);
            receipt.Respond(200);
        }
    }

    [Fact]
    public async Task Receipts_ForAPeerThatAnswersNone_AreBounded()
    {
        const int Most = 1000;
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client);
        for (var i = 0; i <= Most; i++)
        {
            await peer.SendOutsideAsync(Cpim("hello", "positive-delivery, display").Replace("m-1", "m-" + i, StringComparison.Ordinal), 200);
        }

        // Nothing is answered yet, and there is no place for another.
        var conversation = alice.GetConversation("sip:bob@example.com");
        await conversation.MarkDisplayedAsync(conversation.Messages[^1]).WaitAsync(Guard);
        for (var i = 0; i < Most; i++)
        {
            await AnswerReceiptAsync(i.ToString(CultureInfo.InvariantCulture));
        }

        await peer.SendOutsideAsync(Cpim("hello", "positive-delivery").Replace("m-1", "m-late", StringComparison.Ordinal), 200);
        await AnswerReceiptAsync("late");

        async Task AnswerReceiptAsync(string id)
        {
            var receipt = await peer.RequestAsync(SipMethods.Message);
            Assert.Contains($"<message-id>m-{id}</message-id>", receipt.Request.BodyText, StringComparison.Ordinal);
            receipt.Respond(200);
        }
    }

    [Fact]
    public async Task Receipts_SwitchedOff_AreNotSent()
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client, s => s with { SendReceipts = false });
        await peer.SendOutsideAsync(Cpim("hello", "positive-delivery, display"), 200);
        var conversation = alice.GetConversation("sip:bob@example.com");
        await conversation.MarkDisplayedAsync(conversation.Messages[0]).WaitAsync(Guard);
        var sending = conversation.SendAsync(MessageContent.Plain("the next"), new SendOptions { RequestReceipts = false });
        var next = await peer.RequestAsync(SipMethods.Message);
        Assert.Equal("the next", next.Request.BodyText);
        next.Respond(200);
        await sending.WaitAsync(Guard);
    }

    [Theory]
    [InlineData("delivery-notification", "failed", MessageStatus.Failed)]
    [InlineData("delivery-notification", "delivered", MessageStatus.Delivered)]
    [InlineData("delivery-notification", "error", MessageStatus.Accepted)]
    [InlineData("processing-notification", "stored", MessageStatus.Accepted)]
    [InlineData("display-notification", "displayed", MessageStatus.Displayed)]
    public async Task Receipt_OutsideAnEnvelope_CountsForAMessageThatWasStored(string kind, string status, MessageStatus expected)
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client);
        var sending = alice.SendAsync("sip:bob@example.com", "hello");
        var request = await peer.RequestAsync(SipMethods.Message);
        request.Respond(202);
        var sent = await sending.WaitAsync(Guard);
        var xml = $"<imdn xmlns=\"urn:ietf:params:xml:ns:imdn\"><message-id>{request.Request.CallId}</message-id><{kind}><status><{status}/></status></{kind}></imdn>";
        await peer.SendOutsideAsync(xml, 200, "message/imdn+xml");
        Assert.Equal(expected, sent.Status);
        Assert.Equal(expected == MessageStatus.Failed, sent.Failure is not null);

        // What is known does not become less.
        await peer.SendOutsideAsync(xml.Replace($"<{status}/>", "<delivered/>", StringComparison.Ordinal).Replace(kind, "delivery-notification", StringComparison.Ordinal), 200, "message/imdn+xml");
        Assert.Equal(expected == MessageStatus.Displayed ? MessageStatus.Displayed : MessageStatus.Delivered, sent.Status);
    }

    [Fact]
    public async Task Receipt_BeforeTheResponse_IsNotTakenBackByIt()
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client);
        var sending = alice.SendAsync("sip:bob@example.com", "hello");
        var request = await peer.RequestAsync(SipMethods.Message);
        var xml = $"<imdn xmlns=\"urn:ietf:params:xml:ns:imdn\"><message-id>{request.Request.CallId}</message-id><display-notification><status><displayed/></status></display-notification></imdn>";
        await peer.SendOutsideAsync(xml, 200, "message/imdn+xml");
        request.Respond(200);
        Assert.Equal(MessageStatus.Displayed, (await sending.WaitAsync(Guard)).Status);
    }

    [Theory]
    [InlineData("message/cpim", "junk", 400)]
    [InlineData("message/imdn+xml", "junk", 400)]
    [InlineData("message/imdn+xml", "<imdn/>", 400)]
    public async Task Envelope_ThatCannotBeRead_IsRefused(string type, string body, int status)
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client);
        await peer.SendOutsideAsync(body, status, type);
        Assert.All(alice.Conversations, c => Assert.Empty(c.Messages));
    }

    private static string Cpim(string content, string dispositions, string type = "text/plain") => $"""
        From: <sip:bob@example.com>
        To: <sip:alice@example.com>
        NS: imdn <urn:ietf:params:imdn>
        imdn.Message-ID: m-1
        DateTime: 2026-01-01T00:00:00Z
        imdn.Disposition-Notification: {dispositions}

        Content-Type: {type}

        {content}
        """.ReplaceLineEndings("\r\n");

    private static Func<MessageStatus, Task> Watch(Conversation conversation)
    {
        var seen = Channel.CreateUnbounded<MessageStatus>();
        conversation.MessageStatusChanged += (_, e) => seen.Writer.TryWrite(e.Status);
        return async status =>
        {
            while (await seen.Reader.ReadAsync().AsTask().WaitAsync(Guard) != status)
            {
            }
        };
    }
}
