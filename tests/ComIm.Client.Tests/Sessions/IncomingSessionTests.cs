using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Threading.Channels;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;

namespace ComIm.Client.Tests.Sessions;

/// <summary>Sessions that the peer begins.</summary>
[SuppressMessage("Design", "CA1001", Justification = "IAsyncLifetime disposes.")]
public sealed class IncomingSessionTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SessionPeer _peer = new();
    private readonly ImClient _client = new();
    private readonly Channel<ConversationRequestedEventArgs> _requests = Channel.CreateUnbounded<ConversationRequestedEventArgs>();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _peer.DisposeAsync();
        await _client.DisposeAsync();
    }

    [Fact]
    public async Task Invite_ByDefault_IsAcceptedAndAnswersInIt()
    {
        var alice = await _peer.SignInAsync(_client);
        var session = (await _peer.CallAsync(SessionPeer.Sdp, r =>
        {
            r.Headers.Add("Ms-Conversation-ID", "1794385");
            r.Headers.Add(HeaderId.Subject, "Lunch");
        })).Session!;
        Assert.Contains("m=message 5060 sip sip:alice@example.com\r\n", Encoding.UTF8.GetString(session.RemoteBody!.Content.Span), StringComparison.Ordinal);
        await SessionPeer.SayAsync(session, "hello");
        await using var received = alice.ReceiveAsync().GetAsyncEnumerator();
        Assert.True(await received.MoveNextAsync().AsTask().WaitAsync(Patience));
        var bob = alice.GetConversation("sip:bob@example.com");
        Assert.Equal(("hello", "1794385", "Lunch"), (received.Current.Text, bob.ConversationId, bob.Subject));
        Assert.Equal(ConversationState.Connected, bob.State);
        await bob.SendAsync("hi").WaitAsync(Patience);
        Assert.Equal("hi", await _peer.TextAsync());
    }

    [Theory]
    [InlineData("m=x-ms-message 5060 sip null", "m=x-ms-message 5060 sip sip:alice@example.com")]
    [InlineData("m=audio 4000 RTP/AVP 0 8\r\nm=message 5060 sip sip:alice@example.com", "m=audio 0 RTP/AVP 0 8\r\nm=message 5060 sip")]
    public async Task Invite_OtherFormsOfOffers_AreAnswered(string offer, string expected)
    {
        await _peer.SignInAsync(_client);
        var outcome = await _peer.CallAsync(new SessionBody("application/sdp", Encoding.ASCII.GetBytes("v=0\r\n" + offer + "\r\n")));
        Assert.Contains(expected, outcome.Outcome.Response.BodyText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/sdp", "v=0\r\nm=audio 4000 RTP/AVP 0\r\n", 488)]
    [InlineData("application/sdp", "v=0\r\nm=message 7000 TCP/MSRP *\r\n", 488)]
    [InlineData("application/ms-conf-invite+xml", "<Conferencing/>", 415)]
    public async Task Invite_ForSomethingElse_IsRefused(string type, string body, int status)
    {
        await _peer.SignInAsync(_client);
        var outcome = await _peer.CallAsync(new SessionBody(type, Encoding.ASCII.GetBytes(body)));
        Assert.Equal(status, outcome.Outcome.StatusCode);
    }

    [Theory]
    [InlineData(ConversationRejection.Busy, 486)]
    [InlineData(ConversationRejection.Decline, 603)]
    [InlineData(ConversationRejection.NotAvailable, 480)]
    public async Task Ask_Rejected_SaysHow(ConversationRejection rejection, int status)
    {
        var alice = await AskAsync();
        var state = SessionPeer.Watch(alice.GetConversation("sip:bob@example.com"));
        var call = _peer.CallAsync(SessionPeer.Sdp);
        var request = await RequestAsync();
        Assert.Equal(ConversationState.Requested, request.Conversation.State);
        Assert.True(request.Reject(rejection));
        Assert.False(request.Accept());
        Assert.Equal(status, (await call).Outcome.StatusCode);
        Assert.Equal(ConversationStateReason.Rejected, (await state(ConversationState.Disconnected)).Reason);
    }

    [Fact]
    public async Task Ask_Accepted_Connects()
    {
        await AskAsync();
        var call = _peer.CallAsync(SessionPeer.Sdp);
        var request = await RequestAsync();
        Assert.True(request.Accept());
        Assert.NotNull((await call).Session);
        Assert.Equal(ConversationState.Connected, request.Conversation.State);
        Assert.False(request.Reject());
    }

    [Fact]
    public async Task Ask_AnsweredByAMessage_Connects()
    {
        await AskAsync();
        var call = _peer.CallAsync(SessionPeer.Sdp);
        var request = await RequestAsync();
        await request.Conversation.SendAsync("yes?").WaitAsync(Patience);
        Assert.NotNull((await call).Session);
        Assert.Equal("yes?", await _peer.TextAsync());
    }

    [Fact]
    public async Task Ask_WithdrawnByThePeer_IsOver()
    {
        var alice = await AskAsync();
        var state = SessionPeer.Watch(alice.GetConversation("sip:bob@example.com"));
        var call = _peer.Ring();
        var request = await RequestAsync();
        call.Cancel();
        Assert.Equal(487, (await call.Completion.WaitAsync(Patience)).Outcome.StatusCode);
        Assert.Equal(ConversationStateReason.Withdrawn, (await state(ConversationState.Disconnected)).Reason);
        Assert.False(request.Accept());
    }

    [Fact]
    public async Task Ask_NobodyListens_IsNotAvailable()
    {
        await _peer.SignInAsync(_client, s => s with { IncomingConversations = IncomingConversations.Ask });
        Assert.Equal(480, (await _peer.CallAsync(SessionPeer.Sdp)).Outcome.StatusCode);
    }

    [Theory]
    [InlineData("first", new[] { "first", "second" }, new[] { "first", "second" })]
    [InlineData("first", new[] { "other" }, new[] { "first", "other" })]
    [InlineData("first", new string[0], new[] { "first" })]
    public async Task FirstText_InTheInvite_IsReceivedOnce(string inInvite, string[] messages, string[] expected)
    {
        var alice = await AskAsync();
        var body = Convert.ToBase64String(Encoding.UTF8.GetBytes(inInvite));
        var call = _peer.CallAsync(SessionPeer.Sdp, r => r.Headers.Add("ms-text-format", "text/plain; charset=UTF-8; msgr=WAAtAE0A; ms-body=" + body));
        var request = await RequestAsync();
        Assert.Equal(inInvite, request.FirstText);
        request.Accept();
        var (outcome, session) = await call;
        Assert.DoesNotContain("ms-text-format", outcome.Response.Headers.GetValues(HeaderId.Supported));
        foreach (var text in messages)
        {
            await SessionPeer.SayAsync(session!, text);
        }

        var state = SessionPeer.Watch(request.Conversation);
        await session!.ByeAsync();
        await state(ConversationState.Disconnected);
        Assert.Equal(expected, request.Conversation.Messages.Select(m => m.Text));
        Assert.Single(alice.Conversations);
    }

    [Fact]
    public async Task Invite_WhileConnected_ReplacesTheSession()
    {
        var alice = await _peer.SignInAsync(_client);
        await _peer.CallAsync(SessionPeer.Sdp);
        var second = (await _peer.CallAsync(SessionPeer.Sdp)).Session!;
        Assert.Equal(SessionEndReason.RemoteBye, (await _peer.EndedAsync()).Reason);
        Assert.Equal(200, (await SessionPeer.SayAsync(second, "anew")).StatusCode);
        Assert.Equal(ConversationState.Connected, alice.GetConversation("sip:bob@example.com").State);
    }

    [Fact]
    public async Task Invite_CrossingOurs_TheLesserAddressWins()
    {
        var alice = await _peer.SignInAsync(_client);
        var conversation = alice.GetConversation("sip:bob@example.com");
        var start = conversation.StartAsync();
        var ours = await _peer.InviteAsync();
        Assert.Equal(491, (await _peer.CallAsync(SessionPeer.Sdp)).Outcome.StatusCode);
        ours.Accept(SessionPeer.Sdp);
        await start.WaitAsync(Patience);

        // To aaron, whose address is the lesser one, ours gives way.
        var other = alice.GetConversation("sip:aaron@example.com");
        var second = other.StartAsync();
        var crossing = await _peer.InviteAsync();
        var call = await _peer.CallAsync(SessionPeer.Sdp, r => r.Headers.Set(HeaderId.From, "<sip:aaron@example.com>;tag=aaron"));
        Assert.NotNull(call.Session);
        await second.WaitAsync(Patience);
        Assert.True(crossing.Cancelled.WaitHandle.WaitOne(Patience));
        Assert.Equal(ConversationState.Connected, other.State);
    }

    private async Task<ImAccount> AskAsync()
    {
        var alice = await _peer.SignInAsync(_client, s => s with { IncomingConversations = IncomingConversations.Ask });
        alice.ConversationRequested += (_, e) => _requests.Writer.TryWrite(e);
        return alice;
    }

    private async Task<ConversationRequestedEventArgs> RequestAsync() => await _requests.Reader.ReadAsync().AsTask().WaitAsync(Patience);
}
