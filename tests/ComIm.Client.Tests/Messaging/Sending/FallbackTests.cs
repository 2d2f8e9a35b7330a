using System.Text;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Client.Tests.Sessions;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Client.Tests.Messaging.Sending;

/// <summary>What is tried before a message fails: another mode, another form, pieces. Nothing is lost, doubled or cut short.</summary>
public sealed class FallbackTests
{
    private const string Bob = "sip:bob@example.com";
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(405)]
    [InlineData(481)]
    [InlineData(488)]
    [InlineData(501)]
    public async Task Peer_ThatTakesNoPagerMessages_GetsASession(int status)
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client);
        var texts = Enumerable.Range(0, 5).Select(i => alice.SendAsync(Bob, "text " + i)).ToList();
        (await peer.RequestAsync(SipMethods.Message)).Respond(status);
        await peer.AcceptAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("text " + i, await peer.TextAsync());
        }

        await Task.WhenAll(texts).WaitAsync(Guard);
        Assert.All(texts, t => Assert.Equal(MessageStatus.Delivered, t.Result.Status));
        Assert.Equal(ConversationState.Connected, alice.GetConversation(Bob).State);
    }

    [Fact]
    public async Task Peer_ThatTakesNeither_FailsTheMessagesOnceEach()
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client);
        var (first, second) = (alice.SendAsync(Bob, "one"), alice.SendAsync(Bob, "two"));
        (await peer.RequestAsync(SipMethods.Message)).Respond(405);
        await peer.RefuseAsync(488);
        foreach (var sending in new[] { first, second })
        {
            var error = await Assert.ThrowsAsync<MessageDeliveryException>(() => sending.WaitAsync(Guard));
            Assert.Equal((ImError.NotAccepted, 488, MessageStatus.Failed), (error.Error, error.StatusCode, error.ChatMessage.Status));
        }

        // The next one finds out anew.
        var third = alice.SendAsync(Bob, "three");
        var request = await peer.RequestAsync(SipMethods.Message);
        Assert.Equal("three", request.Request.BodyText);
        request.Respond(200);
        await third.WaitAsync(Guard);
    }

    [Fact]
    public async Task Peer_ThatTakesNoPagerMessages_OfAPagerAccount_FailsTheMessage()
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client, s => s with { MessagingMode = MessagingMode.Pager });
        var sending = alice.SendAsync(Bob, "one");
        (await peer.RequestAsync(SipMethods.Message)).Respond(405);
        Assert.Equal(405, (await Assert.ThrowsAsync<MessageDeliveryException>(() => sending.WaitAsync(Guard))).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Html_Refused_GoesWithoutMarkup(bool isSession)
    {
        await using var peer = new SessionPeer { Answers = null };
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client, s => s with { MessagingMode = isSession ? MessagingMode.Session : MessagingMode.Pager });
        var sending = alice.SendAsync(Bob, MessageContent.Html("<b>disk</b> full"));
        if (isSession)
        {
            (await peer.InviteAsync()).Accept(SessionPeer.Sdp with
            {
                Content = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(SessionPeer.Sdp.Content.Span).Replace("a=accept-types:text/plain\r\n", "", StringComparison.Ordinal)),
            });
        }

        Func<Task<ServerTransaction>> next = isSession ? peer.InsideAsync : () => peer.RequestAsync(SipMethods.Message);
        var rich = await next();
        Assert.Equal("<b>disk</b> full", rich.Request.BodyText);
        var refusal = rich.CreateResponse(415);
        refusal.Headers.Add(HeaderId.Accept, "text/plain");
        rich.Respond(refusal);
        var plain = await next();
        Assert.Equal(("disk full", "text/plain;charset=utf-8"), (plain.Request.BodyText, plain.Request.Headers.Get(HeaderId.ContentType)));
        plain.Respond(200);
        var sent = await sending.WaitAsync(Guard);
        Assert.Equal((MessageStatus.Delivered, "text/html"), (sent.Status, sent.ContentType));

        // It is not asked twice.
        sending = alice.SendAsync(Bob, MessageContent.Html("<i>again</i>"));
        plain = await next();
        Assert.Equal("again", plain.Request.BodyText);
        plain.Respond(200);
        await sending.WaitAsync(Guard);
    }

    [Theory]
    [InlineData(413, false)]
    [InlineData(513, false)]
    [InlineData(413, true)]
    public async Task LongText_Refused_GoesInPiecesInOrder(int status, bool isJoined)
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client);
        var text = string.Concat(Enumerable.Range(0, 700).Select(i => $"žluťoučký {i} "));
        var sending = alice.SendAsync(Bob, text);
        var whole = await peer.RequestAsync(SipMethods.Message);
        Assert.Equal(text, whole.Request.BodyText);
        whole.Respond(status);
        var question = await peer.RequestAsync(SipMethods.Options);
        var answer = question.CreateResponse(200);
        answer.Headers.Add(HeaderId.Accept, isJoined ? "text/plain, message/partial" : "text/plain");
        question.Respond(answer);

        // A server that takes 1,500 bytes and no more.
        var taken = new List<SipRequest>();
        while (!sending.IsCompleted)
        {
            var next = peer.RequestAsync(SipMethods.Message);
            if (await Task.WhenAny(next, sending).WaitAsync(Guard) != next)
            {
                break;
            }

            var request = (await next).Request;
            (await next).Respond(request.Body.Length > 1500 ? 413 : 200);
            if (request.Body.Length <= 1500)
            {
                taken.Add(request);
            }
        }

        Assert.Equal((MessageStatus.Delivered, text), ((await sending).Status, (await sending).Text));
        var arrived = string.Concat(taken.Select(r => r.BodyText));
        if (isJoined)
        {
            Assert.All(taken, r => Assert.StartsWith("message/partial", r.Headers.Get(HeaderId.ContentType), StringComparison.Ordinal));
            arrived = Encoding.UTF8.GetString(taken.SelectMany(r => r.Body.ToArray()).ToArray());
            arrived = arrived[(arrived.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        }

        Assert.Equal(text, arrived);
        Assert.Single(alice.GetConversation(Bob).Messages);
    }

    [Fact]
    public async Task LongText_WhereNobodyTakesTcp_GoesInPieces()
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client);
        var text = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"line {i}\n"));
        var sending = alice.SendAsync(Bob, text);

        // The whole is more than a datagram holds; the first that arrives is the question what bob takes.
        var question = await peer.RequestAsync(SipMethods.Options);
        var answer = question.CreateResponse(200);
        answer.Headers.Add(HeaderId.Accept, "text/plain");
        question.Respond(answer);
        var arrived = new StringBuilder();
        while (arrived.Length < text.Length)
        {
            var piece = await peer.RequestAsync(SipMethods.Message);
            arrived.Append(piece.Request.BodyText);
            piece.Respond(200);
        }

        Assert.Equal(text, arrived.ToString());
        Assert.Equal(MessageStatus.Delivered, (await sending.WaitAsync(Guard)).Status);
    }

    [Fact]
    public async Task Bytes_TooLongForSomebodyWhoJoinsNoPieces_FailWithTheirCause()
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client);
        var sending = alice.SendAsync(Bob, MessageContent.Of("image/png", new byte[5000]));
        (await peer.RequestAsync(SipMethods.Message)).Respond(413);
        (await peer.RequestAsync(SipMethods.Options)).Respond(200);
        var error = await Assert.ThrowsAsync<MessageDeliveryException>(() => sending.WaitAsync(Guard));
        Assert.Equal(413, error.StatusCode);
        Assert.Contains("too long", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LongText_OfWhichOnePieceIsRefused_IsFailed()
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client);
        var sending = alice.SendAsync(Bob, new string('x', 5000));
        (await peer.RequestAsync(SipMethods.Message)).Respond(513);
        (await peer.RequestAsync(SipMethods.Options)).Respond(404);
        (await peer.RequestAsync(SipMethods.Message)).Respond(200);
        (await peer.RequestAsync(SipMethods.Message)).Respond(480);
        var error = await Assert.ThrowsAsync<MessageDeliveryException>(() => sending.WaitAsync(Guard));
        Assert.Equal(480, error.StatusCode);
    }

    [Fact]
    public async Task LongText_OfWhichOnePieceIsStored_IsAccepted()
    {
        await using var peer = new SessionPeer();
        await using var client = new ImClient();
        var alice = await peer.SignInAsync(client);
        var sending = alice.SendAsync(Bob, new string('x', 4000));
        (await peer.RequestAsync(SipMethods.Message)).Respond(513);
        (await peer.RequestAsync(SipMethods.Options)).Respond(404);
        (await peer.RequestAsync(SipMethods.Message)).Respond(202);
        (await peer.RequestAsync(SipMethods.Message)).Respond(200);
        Assert.Equal(MessageStatus.Accepted, (await sending.WaitAsync(Guard)).Status);
    }
}
