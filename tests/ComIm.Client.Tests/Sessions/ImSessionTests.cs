using System.Threading.Channels;
using ComIm.Client.Accounts;
using ComIm.Client.Messaging;
using ComIm.Client.Sessions;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Sessions;

/// <summary>Sessions by themselves, against a scripted peer.</summary>
public sealed class ImSessionTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ManualTimeProvider _time = new();
    private readonly Channel<ImSessionStateChangedEventArgs> _states = Channel.CreateUnbounded<ImSessionStateChangedEventArgs>();
    private readonly Channel<ImSession> _offered = Channel.CreateUnbounded<ImSession>();
    private SessionPeer _bob = null!;
    private ImClient _client = null!;
    private ImAccount _alice = null!;

    public async Task InitializeAsync()
    {
        (_bob, _client) = (new SessionPeer(), new ImClient(new ImClientOptions { TimeProvider = _time }));
        _alice = await _bob.SignInAsync(_client);
        _alice.SessionOffered += (_, e) => _offered.Writer.TryWrite(e.Session);
    }

    public async Task DisposeAsync()
    {
        await _bob.DisposeAsync();
        await _client.DisposeAsync();
    }

    [Fact]
    public async Task Start_Accepted_ConnectsAndSaysTheConversation()
    {
        var session = Create();
        session.ConversationId = "a-conversation";
        session.Start(prepare: r => r.Headers.Add(HeaderId.Subject, "lunch"));
        Assert.Throws<InvalidOperationException>(() => session.Start());
        Assert.Equal(ImSessionState.Inviting, (await StateAsync()).NewState);
        var invite = await _bob.InviteAsync();
        Assert.Equal(("a-conversation", "lunch"), (invite.Request.Headers.Get("Ms-Conversation-ID"), invite.Request.Headers.Get(HeaderId.Subject)));
        invite.Accept(SessionPeer.Sdp);
        Assert.Equal(ImSessionState.Connected, (await StateAsync()).NewState);

        var sent = session.SendAsync(MessageContent.Html("<i>hi</i>"));
        Assert.Equal("<i>hi</i>", await _bob.TextAsync());
        Assert.Equal(200, (await sent.WaitAsync(Patience)).StatusCode);
        await session.EndAsync().WaitAsync(Patience);
        Assert.Equal(SessionEndReason.RemoteBye, (await _bob.EndedAsync()).Reason);
        Assert.Equal(ImSessionEnding.Left, (await StateAsync()).Ending);
        Assert.Throws<InvalidOperationException>(() => session.Start());
        Assert.Equal(0, _alice.ImSessions.Count);
        await Assert.ThrowsAsync<ImException>(() => session.SendAsync(MessageContent.Plain("late")));
    }

    [Theory]
    [InlineData(404, ImError.RecipientUnknown)]
    [InlineData(486, ImError.RecipientUnavailable)]
    [InlineData(488, ImError.NotAccepted)]
    public async Task Start_Refused_EndsWithTheResponseAndFailsWhatWaited(int status, ImError error)
    {
        var session = Create();
        session.Start();
        var waiting = session.SendAsync(MessageContent.Plain("too early"));
        await _bob.RefuseAsync(status);
        await StateAsync();
        var end = await StateAsync();
        Assert.Equal((ImSessionState.Ended, ImSessionEnding.Refused, error, status), (end.NewState, end.Ending, end.Cause!.Error, end.Cause.Response!.StatusCode));
        await Assert.ThrowsAsync<ImException>(() => waiting.WaitAsync(Patience));
    }

    [Fact]
    public async Task Start_AnsweredWithoutMessages_IsNotAccepted()
    {
        var session = Create();
        session.Start();
        (await _bob.InviteAsync()).Accept(new SessionBody("application/sdp", "v=0\r\nm=audio 0 RTP/AVP 0\r\n"u8.ToArray()));
        await StateAsync();
        Assert.Equal(ImError.NotAccepted, (await StateAsync()).Cause!.Error);
        Assert.Equal(SessionEndReason.RemoteBye, (await _bob.EndedAsync()).Reason);
    }

    [Fact]
    public async Task Start_OwnOffer_TakesAnyAnswer()
    {
        var session = Create();
        session.Start(new SessionBody("application/x-game", "chess"u8.ToArray()));
        var invite = await _bob.InviteAsync();
        Assert.Equal("application/x-game", invite.Offer!.ContentType);
        invite.Accept(new SessionBody("application/x-game", "white"u8.ToArray()));
        await StateAsync();
        Assert.Equal(ImSessionState.Connected, (await StateAsync()).NewState);
        Assert.Equal("white"u8.ToArray(), session.PeerDescription!.Content.ToArray());
    }

    [Fact]
    public async Task End_BeforeTheAnswer_TakesTheInvitationBack()
    {
        var session = Create();
        session.Start();
        var invite = await _bob.InviteAsync();
        invite.Ring();
        await session.EndAsync();
        await StateAsync();
        Assert.Equal(ImSessionEnding.Left, (await StateAsync()).Ending);
        Assert.Equal(SessionEndReason.NotAnswered, (await _bob.EndedAsync()).Reason);
        Assert.Null(invite.Accept(SessionPeer.Sdp));
    }

    [Fact]
    public async Task Redirect_IsFollowedToTheFirstContact_KeepingTo()
    {
        var session = Create();
        session.Start();
        (await _bob.InviteAsync()).Reject(302, r => r.Headers.Add(HeaderId.Contact, "<sip:desk@example.com>"));
        var second = await _bob.InviteAsync();
        Assert.Equal(("sip:desk@example.com", "sip:bob@example.com"), (second.Request.RequestUri!.ToString(), second.Request.To!.UriText));
        second.Reject(486);
        await StateAsync();
        Assert.Equal(486, (await StateAsync()).Cause!.StatusCode);
    }

    [Fact]
    public async Task Offered_Accepted_TakesMessagesAndAnswersThem()
    {
        var calling = _bob.CallAsync(SessionPeer.Sdp, r => r.Headers.Add("Ms-Conversation-ID", "theirs"));
        var session = await OfferedAsync();
        Assert.Equal(("sip:bob@example.com", "theirs", true), (session.Peer, session.ConversationId, session.OffersMessages));
        var texts = Channel.CreateUnbounded<string>();
        session.MessageReceived += (_, e) =>
        {
            texts.Writer.TryWrite(e.Content.Text);
            if (e.Content.Text == "bad")
            {
                Assert.True(e.Answer(488));
                Assert.False(e.Answer(200));
            }
        };
        Assert.True(session.Accept());
        var theirs = (await calling).Session!;
        Assert.Equal(200, (await SessionPeer.SayAsync(theirs, "good")).StatusCode);
        Assert.Equal(488, (await SessionPeer.SayAsync(theirs, "bad")).StatusCode);
        Assert.Equal(("good", "bad"), (await texts.Reader.ReadAsync(), await texts.Reader.ReadAsync()));
        await theirs.ByeAsync();
        session.StateChanged += (_, e) => _states.Writer.TryWrite(e);
        Assert.False(session.Accept());
        Assert.False(session.Reject(603));
    }

    [Fact]
    public async Task Offered_Rejected_SaysWhy()
    {
        var calling = _bob.CallAsync(SessionPeer.Sdp);
        Assert.True((await OfferedAsync()).Reject(486));
        Assert.Equal(486, (await calling).Outcome.StatusCode);
    }

    [Fact]
    public async Task Offered_NeverAnswered_IsWithdrawnAfterThreeMinutes()
    {
        var calling = _bob.CallAsync(SessionPeer.Sdp);
        var session = await OfferedAsync();
        session.StateChanged += (_, e) => _states.Writer.TryWrite(e);
        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(ImSessionEnding.Withdrawn, (await StateAsync()).Ending);
        Assert.Equal(480, (await calling).Outcome.StatusCode);
    }

    [Fact]
    public async Task Offered_TakenBack_IsWithdrawn()
    {
        var ringing = _bob.Ring();
        var session = await OfferedAsync();
        session.StateChanged += (_, e) => _states.Writer.TryWrite(e);
        ringing.Cancel();
        Assert.Equal(ImSessionEnding.Withdrawn, (await StateAsync()).Ending);
        Assert.False(session.Accept());
    }

    [Fact]
    public async Task Offered_SomethingElse_IsForItsTakerToJudge()
    {
        var calling = _bob.CallAsync(new SessionBody("application/sdp", "v=0\r\nm=audio 5000 RTP/AVP 0\r\n"u8.ToArray()));
        var session = await OfferedAsync();
        Assert.False(session.OffersMessages);
        Assert.False(session.Accept());
        Assert.Equal(488, (await calling).Outcome.StatusCode);
    }

    [Fact]
    public async Task Offered_MoreThanThereMayBe_IsRefusedUntilThereIsRoom()
    {
        var open = Enumerable.Range(0, ImSessionList.MaxSessions).Select(i => _alice.CreateSession($"person{i}@example.com")).ToList();
        open.ForEach(s => Assert.True(_alice.ImSessions.TryAdd(s)));
        Assert.Equal(486, (await _bob.CallAsync(SessionPeer.Sdp).WaitAsync(Patience)).Outcome.StatusCode);
        await _bob.SendOutsideAsync("hello", 480, "text/plain").WaitAsync(Patience);
        Assert.False(_offered.Reader.TryRead(out _));

        _alice.ImSessions.Remove(open[0]);
        var calling = _bob.CallAsync(SessionPeer.Sdp);
        Assert.True((await OfferedAsync()).Accept());
        Assert.NotNull((await calling.WaitAsync(Patience)).Session);
    }

    [Fact]
    public async Task PagerMessage_ThatWasRefused_IsOfferedWhenItComesAgain_AndWhatWasTakenIsNot()
    {
        var refused = _bob.SendOutsideAsync("hello", 480, "text/plain", "kept");
        Assert.True((await OfferedAsync()).Reject(480));
        await refused.WaitAsync(Patience);

        var taken = _bob.SendOutsideAsync("hello", 200, "text/plain", "kept");
        var session = await OfferedAsync();
        session.MessageReceived += (_, e) => e.Answer(200);
        Assert.True(session.Accept());
        await taken.WaitAsync(Patience);

        await session.EndAsync().WaitAsync(Patience);
        await _bob.SendOutsideAsync("hello", 200, "text/plain", "kept").WaitAsync(Patience);
        await _alice.FlushEventsAsync().WaitAsync(Patience);
        Assert.False(_offered.Reader.TryRead(out _));
    }

    [Fact]
    public async Task SignOut_EndsWhatIsOpen()
    {
        var session = Create();
        session.Start();
        await _bob.AcceptAsync();
        await StateAsync();
        await StateAsync();
        await _alice.SignOutAsync().WaitAsync(Patience);
        Assert.Equal(ImSessionEnding.SignedOut, (await StateAsync()).Ending);
        Assert.Equal(0, _alice.ImSessions.Count);
        Assert.Equal(ImError.NotSignedIn, Assert.Throws<ImException>(() => _alice.CreateSession("bob@example.com").Start()).Error);
    }

    private ImSession Create()
    {
        var session = _alice.CreateSession("bob@example.com");
        session.StateChanged += (_, e) => _states.Writer.TryWrite(e);
        return session;
    }

    private async Task<ImSession> OfferedAsync() => await _offered.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    private async Task<ImSessionStateChangedEventArgs> StateAsync() => await _states.Reader.ReadAsync().AsTask().WaitAsync(Patience);
}
