using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Threading.Channels;
using ComIm.Client.Accounts;
using ComIm.Client.Conversations;
using ComIm.Client.Typing;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Sessions;

/// <summary>Typing notices on the wire, in both forms, with a clock of the test's own.</summary>
[SuppressMessage("Design", "CA1001", Justification = "IAsyncLifetime disposes.")]
public sealed class TypingTests : IAsyncLifetime
{
    private const string Active = "<isComposing xmlns='urn:ietf:params:xml:ns:im-iscomposing'><state>active</state><refresh>60</refresh></isComposing>";
    private const string Idle = "<isComposing xmlns='urn:ietf:params:xml:ns:im-iscomposing'><state>idle</state></isComposing>";
    private const string Typing = "<?xml version=\"1.0\"?><KeyboardActivity><status status=\"type\"/></KeyboardActivity>";
    private const string Bomb = "<!DOCTYPE a [<!ENTITY b 'c'>]><isComposing xmlns='urn:ietf:params:xml:ns:im-iscomposing'><state>&b;</state></isComposing>";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ManualTimeProvider _clock = new();
    private readonly SessionPeer _peer = new();
    private readonly Channel<bool> _seen = Channel.CreateUnbounded<bool>();
    private ImClient _client = null!;
    private ImAccount _alice = null!;
    private Conversation _bob = null!;

    public async Task InitializeAsync()
    {
        _client = new ImClient(new ImClientOptions { TimeProvider = _clock });
        _alice = await _peer.SignInAsync(_client);
        _bob = _alice.GetConversation("sip:bob@example.com");
        _bob.PeerTypingChanged += (_, e) => _seen.Writer.TryWrite(e.IsTyping);
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _peer.DisposeAsync();
    }

    [Fact]
    public async Task Typing_ToAPeerThatTakesIsComposing_IsSaidByMessage()
    {
        await StartAsync("text/plain application/im-iscomposing+xml");
        await _bob.SendTypingAsync().WaitAsync(Patience);
        var said = (await _peer.InsideAsync()).Request;
        Assert.Equal((SipMethods.Message, "application/im-iscomposing+xml"), (said.Method, said.Headers.Get(HeaderId.ContentType)));
        Assert.Equal((true, 120), (TypingXml.Read(said.Body)!.Value.IsActive, TypingXml.Read(said.Body)!.Value.Lifetime.TotalSeconds));

        await _bob.SendTypingAsync();
        _clock.Advance(TypingTimes.Idle);
        var idle = (await _peer.InsideAsync()).Request;
        Assert.False(TypingXml.Read(idle.Body)!.Value.IsActive);
    }

    [Fact]
    public async Task Typing_ToAnotherPeer_IsKeyboardActivityByInfo()
    {
        await StartAsync("text/plain");
        await _bob.SendTypingAsync().WaitAsync(Patience);
        var said = (await _peer.InsideAsync()).Request;
        Assert.Equal((SipMethods.Info, "application/xml"), (said.Method, said.Headers.Get(HeaderId.ContentType)));
        Assert.Contains("<KeyboardActivity><status status=\"type\" /></KeyboardActivity>", said.BodyText, StringComparison.Ordinal);
        _clock.Advance(TypingTimes.KeyboardRefresh);
        Assert.Contains("\"type\"", await _peer.TextAsync(), StringComparison.Ordinal);
        await _bob.SendTypingAsync(false).WaitAsync(Patience);
        Assert.Contains("\"idle\"", await _peer.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typing_RefusedInTheSession_IsNotSaidAgain()
    {
        await StartAsync("text/plain");
        _peer.Answers = 405;
        await _bob.SendTypingAsync().WaitAsync(Patience);
        Assert.Equal(SipMethods.Info, (await _peer.InsideAsync()).Request.Method);
        _peer.Answers = 200;
        await _bob.SendTypingAsync(false).WaitAsync(Patience);
        await _bob.SendTypingAsync().WaitAsync(Patience);
        await _bob.SendAsync("text").WaitAsync(Patience);
        Assert.Equal("text", await _peer.TextAsync());
    }

    [Fact]
    public async Task Typing_AsPagerMessage_IsNotSaidAgainWhereRefused()
    {
        var typing = _bob.SendTypingAsync();
        var notice = await _peer.RequestAsync(SipMethods.Message);
        Assert.Equal("application/im-iscomposing+xml", notice.Request.Headers.Get(HeaderId.ContentType));
        notice.Respond(415);
        await typing.WaitAsync(Patience);
        await _bob.SendTypingAsync(false).WaitAsync(Patience);
        await _bob.SendTypingAsync().WaitAsync(Patience);
        var send = _bob.SendAsync("text");
        var next = await _peer.RequestAsync(SipMethods.Message);
        Assert.Equal("text", next.Request.BodyText);
        next.Respond(200);
        await send.WaitAsync(Patience);
    }

    [Theory]
    [InlineData(Active, "application/im-iscomposing+xml", SipMethods.Message, 60)]
    [InlineData(Typing, "application/xml", SipMethods.Info, 10)]
    public async Task PeerTyping_NotSaidAgain_EndsInTime(string notice, string type, string method, int seconds)
    {
        var session = (await _peer.CallAsync(SessionPeer.Sdp)).Session!;
        Assert.Equal(200, (await SessionPeer.SayAsync(session, notice, type, method)).StatusCode);
        Assert.True(await SeenAsync());
        Assert.True(_bob.PeerTyping);
        _clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        await SessionPeer.SayAsync(session, notice, type, method);
        _clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.True(_bob.PeerTyping);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await SeenAsync());
        Assert.Empty(_bob.Messages);
    }

    [Fact]
    public async Task PeerTyping_EndsByNoticeByMessageAndBySessionEnd()
    {
        var session = (await _peer.CallAsync(SessionPeer.Sdp)).Session!;
        await SessionPeer.SayAsync(session, Active, TypingXml.IsComposingType);
        await SessionPeer.SayAsync(session, Idle, TypingXml.IsComposingType);
        await SessionPeer.SayAsync(session, Active, TypingXml.IsComposingType);
        await SessionPeer.SayAsync(session, "text");
        await SessionPeer.SayAsync(session, Active, TypingXml.IsComposingType);
        await session.ByeAsync();
        foreach (var expected in new[] { true, false, true, false, true, false })
        {
            Assert.Equal(expected, await SeenAsync());
        }
    }

    [Theory]
    [InlineData(Bomb, "application/im-iscomposing+xml", SipMethods.Message, 400)]
    [InlineData("<isComposing", "application/im-iscomposing+xml", SipMethods.Message, 400)]
    [InlineData("<other/>", "application/xml", SipMethods.Info, 400)]
    [InlineData("5", "application/dtmf-relay", SipMethods.Info, 415)]
    public async Task PeerTyping_WhatCannotBeRead_IsRefused(string notice, string type, string method, int status)
    {
        var session = (await _peer.CallAsync(SessionPeer.Sdp)).Session!;
        Assert.Equal(status, (await SessionPeer.SayAsync(session, notice, type, method)).StatusCode);
        Assert.False(_bob.PeerTyping);
    }

    [Fact]
    public async Task Typing_ToAPeerThatUsedOneForm_IsSaidInItsForm()
    {
        var session = (await _peer.CallAsync(SessionPeer.Sdp)).Session!;
        await SessionPeer.SayAsync(session, Active, TypingXml.IsComposingType);
        await _bob.SendTypingAsync().WaitAsync(Patience);
        Assert.Equal(SipMethods.Message, (await _peer.InsideAsync()).Request.Method);
    }

    private async Task StartAsync(string acceptTypes)
    {
        var start = _bob.StartAsync();
        (await _peer.InviteAsync()).Accept(new SessionBody(
            "application/sdp", Encoding.ASCII.GetBytes($"v=0\r\nm=message 5060 sip null\r\na=accept-types:{acceptTypes}\r\n")));
        await start.WaitAsync(Patience);
    }

    private async Task<bool> SeenAsync() => await _seen.Reader.ReadAsync().AsTask().WaitAsync(Patience);
}
