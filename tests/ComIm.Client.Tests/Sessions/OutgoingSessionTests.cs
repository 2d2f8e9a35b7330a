using System.Diagnostics.CodeAnalysis;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Client.Tests.Sessions;

/// <summary>Sessions that we begin.</summary>
[SuppressMessage("Design", "CA1001", Justification = "IAsyncLifetime disposes.")]
public sealed class OutgoingSessionTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SessionPeer _peer = new();
    private readonly ImClient _client = new();
    private ImAccount _alice = null!;
    private Conversation _bob = null!;

    public async Task InitializeAsync() => (_alice, _bob) = await SignInAsync(MessagingMode.Auto);

    public async Task DisposeAsync()
    {
        await _peer.DisposeAsync();
        await _client.DisposeAsync();
    }

    [Fact]
    public async Task Start_Accepted_InvitesWithDescriptionSubjectAndId()
    {
        _bob.Subject = "Lunch\r\nEvil: header";
        var state = SessionPeer.Watch(_bob);
        var start = _bob.StartAsync();
        var invite = await _peer.InviteAsync();
        Assert.Equal(ConversationState.Connecting, (await state(ConversationState.Connecting)).NewState);
        var session = invite.Accept(SessionPeer.Sdp)!;
        await start.WaitAsync(Patience);

        Assert.Equal(ConversationStateReason.Answered, (await state(ConversationState.Connected)).Reason);
        Assert.Contains("\r\nm=message 5060 sip null\r\n", invite.Request.BodyText, StringComparison.Ordinal);
        Assert.Equal("Lunch  Evil: header", invite.Request.Headers.Get(HeaderId.Subject));
        Assert.Equal(22, Convert.FromBase64String(invite.Request.Headers.Get("Ms-Conversation-ID")!).Length);
        Assert.Equal(_bob.ConversationId, invite.Request.Headers.Get("Ms-Conversation-ID"));

        Assert.Equal(MessageStatus.Delivered, (await _bob.SendAsync("hello").WaitAsync(Patience)).Status);
        Assert.Equal("hello", await _peer.TextAsync());
        var received = _alice.ReceiveAsync().GetAsyncEnumerator();
        Assert.Equal(200, (await SessionPeer.SayAsync(session, "hi")).StatusCode);
        Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Patience));
        Assert.Equal(("hi", "sip:bob@example.com"), (received.Current.Text, received.Current.From));

        await _bob.LeaveAsync().WaitAsync(Patience);
        Assert.Equal(SessionEndReason.RemoteBye, (await _peer.EndedAsync()).Reason);
        Assert.Equal(ConversationStateReason.Left, (await state(ConversationState.Disconnected)).Reason);
    }

    [Fact]
    public async Task Send_WhileConnecting_IsQueuedAndSentInOrder()
    {
        var start = _bob.StartAsync();
        var invite = await _peer.InviteAsync();
        var sends = Enumerable.Range(0, 20).Select(i => _bob.SendAsync("text " + i)).ToArray();
        Assert.All(_bob.Messages, m => Assert.Equal(MessageStatus.Queued, m.Status));
        invite.Accept(SessionPeer.Sdp);
        await Task.WhenAll([start, .. sends]).WaitAsync(Patience);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("text " + i, await _peer.TextAsync());
        }

        Assert.All(_bob.Messages, m => Assert.Equal(MessageStatus.Delivered, m.Status));
    }

    [Theory]
    [InlineData(405)]
    [InlineData(415)]
    [InlineData(488)]
    [InlineData(501)]
    public async Task Start_PeerTakesNoSessions_SendsWhatWasQueuedAsPagerMessages(int status)
    {
        var state = SessionPeer.Watch(_bob);
        var start = _bob.StartAsync();
        var invite = await _peer.RequestAsync(SipMethods.Invite);
        var sends = new[] { _bob.SendAsync("one"), _bob.SendAsync("two") };
        invite.Respond(status);
        Assert.Equal(ImError.NotAccepted, (await Assert.ThrowsAsync<ImException>(() => start.WaitAsync(Patience))).Error);
        Assert.Equal(ConversationStateReason.PagerOnly, (await state(ConversationState.Idle)).Reason);
        foreach (var text in new[] { "one", "two" })
        {
            var message = await _peer.RequestAsync(SipMethods.Message);
            Assert.Equal(text, message.Request.BodyText);
            message.Respond(202);
        }

        await Task.WhenAll(sends).WaitAsync(Patience);
        Assert.All(_bob.Messages, m => Assert.Equal(MessageStatus.Accepted, m.Status));

        var third = _bob.SendAsync("three");
        (await _peer.RequestAsync(SipMethods.Message)).Respond(200);
        Assert.Equal(MessageStatus.Delivered, (await third.WaitAsync(Patience)).Status);
    }

    [Fact]
    public async Task Start_PeerIsAway_QueuedMessageMayBeKeptForThem()
    {
        var start = _bob.StartAsync();
        var invite = await _peer.RequestAsync(SipMethods.Invite);
        var send = _bob.SendAsync("later");
        invite.Respond(480);
        await Assert.ThrowsAsync<ImException>(() => start.WaitAsync(Patience));
        (await _peer.RequestAsync(SipMethods.Message)).Respond(202);
        Assert.Equal(MessageStatus.Accepted, (await send.WaitAsync(Patience)).Status);
    }

    [Fact]
    public async Task Start_Declined_FailsWhatWasQueuedWithTheCause()
    {
        var state = SessionPeer.Watch(_bob);
        var start = _bob.StartAsync();
        var invite = await _peer.RequestAsync(SipMethods.Invite);
        var send = _bob.SendAsync("please");
        invite.Respond(603);
        await Assert.ThrowsAsync<ImException>(() => start.WaitAsync(Patience));
        var error = await Assert.ThrowsAsync<MessageDeliveryException>(() => send.WaitAsync(Patience));
        Assert.Equal((603, MessageStatus.Failed), (error.StatusCode, error.ChatMessage.Status));
        var change = await state(ConversationState.Disconnected);
        Assert.Equal((ConversationStateReason.Refused, 603), (change.Reason, change.Cause!.StatusCode));
    }

    [Fact]
    public async Task SessionMode_FirstMessageBeginsTheSession_RefusalIsNotSentOtherwise()
    {
        await _client.DisposeAsync();
        (_, var bob) = await SignInAsync(MessagingMode.Session);
        var send = bob.SendAsync("now");
        await _peer.RefuseAsync(488);
        Assert.Equal(488, (await Assert.ThrowsAsync<MessageDeliveryException>(() => send.WaitAsync(Patience))).StatusCode);

        send = bob.SendAsync("again");
        await _peer.AcceptAsync();
        Assert.Equal("again", await _peer.TextAsync());
        await send.WaitAsync(Patience);
    }

    [Fact]
    public async Task PagerMode_NeverBeginsASession()
    {
        await _client.DisposeAsync();
        (_, var bob) = await SignInAsync(MessagingMode.Pager);
        await Assert.ThrowsAsync<ImException>(() => bob.StartAsync());
        var send = bob.SendAsync("page");
        (await _peer.RequestAsync(SipMethods.Message)).Respond(200);
        await send.WaitAsync(Patience);
        Assert.Equal(488, (await _peer.CallAsync(SessionPeer.Sdp)).Outcome.StatusCode);
    }

    [Fact]
    public async Task Send_AfterPeerLeft_BeginsAnotherSessionOfTheConversation()
    {
        var state = SessionPeer.Watch(_bob);
        var start = _bob.StartAsync();
        var session = await _peer.AcceptAsync();
        await start.WaitAsync(Patience);
        var id = Convert.FromBase64String(_bob.ConversationId!);
        await session.ByeAsync();
        Assert.Equal(ConversationStateReason.PeerLeft, (await state(ConversationState.Disconnected)).Reason);

        var send = _bob.SendAsync("still there?");
        var invite = await _peer.InviteAsync();
        invite.Accept(SessionPeer.Sdp);
        await send.WaitAsync(Patience);
        Assert.Equal("still there?", await _peer.TextAsync());
        var next = Convert.FromBase64String(invite.Request.Headers.Get("Ms-Conversation-ID")!);
        Assert.Equal((27, true), (next.Length, next.AsSpan().StartsWith(id)));
    }

    [Fact]
    public async Task Send_PeerHasForgottenTheSession_IsSentAgainInANewOne()
    {
        var start = _bob.StartAsync();
        await _peer.AcceptAsync();
        await start.WaitAsync(Patience);
        _peer.Answers = 481;
        var sends = new[] { _bob.SendAsync("one"), _bob.SendAsync("two") };
        Assert.Equal("one", await _peer.TextAsync());
        _peer.Answers = 200;
        await _peer.AcceptAsync();
        await Task.WhenAll(sends).WaitAsync(Patience);
        Assert.Equal("one", await _peer.TextAsync());
        Assert.Equal("two", await _peer.TextAsync());
        Assert.Equal(2, _bob.Messages.Count);
    }

    [Fact]
    public async Task Send_TwoSessionsAreLostUnderIt_IsSentAgainInTheThird()
    {
        var start = _bob.StartAsync();
        await _peer.AcceptAsync();
        await start.WaitAsync(Patience);
        _peer.Answers = null;
        var send = _bob.SendAsync("one");
        (await _peer.InsideAsync()).Respond(481);
        await _peer.AcceptAsync();
        (await _peer.InsideAsync()).Respond(481);
        await _peer.AcceptAsync();
        (await _peer.InsideAsync()).Respond(200);
        Assert.Equal(MessageStatus.Delivered, (await send.WaitAsync(Patience)).Status);
    }

    [Fact]
    public async Task Send_PeerEndsEverySession_FailsInTheEnd()
    {
        await _client.DisposeAsync();
        (_, var bob) = await SignInAsync(MessagingMode.Session);
        _peer.Answers = null;
        var send = bob.SendAsync("one");
        var second = bob.SendAsync("two");
        for (var i = 0; i < 4 && !second.IsCompleted; i++)
        {
            var accept = _peer.InviteAsync();
            if (await Task.WhenAny(accept, second) == second)
            {
                break;
            }

            (await accept).Accept(SessionPeer.Sdp);
            var message = await _peer.InsideAsync();
            message.Respond(481);
        }

        await Assert.ThrowsAsync<MessageDeliveryException>(() => send.WaitAsync(Patience));
        await Assert.ThrowsAsync<MessageDeliveryException>(() => second.WaitAsync(Patience));
    }

    [Fact]
    public async Task Message_RefusedInsideByType_GoesAsPagerMessage()
    {
        var start = _bob.StartAsync();
        await _peer.AcceptAsync();
        await start.WaitAsync(Patience);
        _peer.Answers = 415;
        var send = _bob.SendAsync("plain");
        (await _peer.RequestAsync(SipMethods.Message)).Respond(200);
        Assert.Equal(MessageStatus.Delivered, (await send.WaitAsync(Patience)).Status);
        Assert.Equal(SessionEndReason.RemoteBye, (await _peer.EndedAsync()).Reason);
    }

    [Fact]
    public async Task Answer_WithoutMessages_EndsTheSession()
    {
        var start = _bob.StartAsync();
        (await _peer.InviteAsync()).Accept(new SessionBody("application/sdp", "v=0\r\nm=message 0 sip null\r\n"u8.ToArray()));
        await Assert.ThrowsAsync<ImException>(() => start.WaitAsync(Patience));
        Assert.Equal(SessionEndReason.RemoteBye, (await _peer.EndedAsync()).Reason);
        Assert.Equal(ConversationState.Idle, _bob.State);
    }

    [Fact]
    public async Task Leave_WhileConnecting_TakesTheInviteBack()
    {
        var start = _bob.StartAsync();
        var invite = await _peer.InviteAsync();
        invite.Ring();
        await _bob.LeaveAsync().WaitAsync(Patience);
        await Assert.ThrowsAsync<ImException>(() => start.WaitAsync(Patience));
        Assert.Equal(SessionEndReason.NotAnswered, (await _peer.EndedAsync()).Reason);
        Assert.Equal(ConversationState.Disconnected, _bob.State);
    }

    [Fact]
    public async Task SignOut_WhileConnected_EndsTheSession()
    {
        var start = _bob.StartAsync();
        await _peer.AcceptAsync();
        await start.WaitAsync(Patience);
        await _alice.SignOutAsync().WaitAsync(Patience);
        Assert.Equal(SessionEndReason.RemoteBye, (await _peer.EndedAsync()).Reason);
    }

    [Fact]
    public async Task StatusChanges_OfAQueuedMessage_AreRaisedInOrder()
    {
        var seen = new List<MessageStatus>();
        var last = new TaskCompletionSource();
        _bob.MessageStatusChanged += (_, e) =>
        {
            seen.Add(e.Status);
            if (e.Status == MessageStatus.Delivered)
            {
                last.TrySetResult();
            }
        };
        var start = _bob.StartAsync();
        var invite = await _peer.InviteAsync();
        var send = _bob.SendAsync("text");
        invite.Accept(SessionPeer.Sdp);
        await Task.WhenAll(start, send, last.Task).WaitAsync(Patience);
        Assert.Equal([MessageStatus.Sending, MessageStatus.Delivered], seen);
    }

    private async Task<(ImAccount Alice, Conversation Bob)> SignInAsync(MessagingMode mode)
    {
        var alice = await _peer.SignInAsync(_client, s => s with { MessagingMode = mode });
        return (alice, alice.GetConversation("sip:bob@example.com"));
    }
}
