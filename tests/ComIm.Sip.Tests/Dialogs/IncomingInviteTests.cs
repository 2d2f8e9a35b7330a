using System.Net;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Tests.Wire;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Dialogs;

public sealed class IncomingInviteTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryWire _wire = new();
    private readonly Party _party;
    private readonly RawPeer _peer;
    private readonly RecordingHandler _handler = new();

    public IncomingInviteTests()
    {
        _party = new Party(_wire, _clock, "alice", 5061, 5070, new SessionTimerOptions { MinInterval = TimeSpan.FromSeconds(120) });
        _peer = new RawPeer(_wire, 5070, new IPEndPoint(IPAddress.Loopback, 5061));
    }

    [Fact]
    public async Task Cancel_WhileRinging_IsAnswered487AndNothingElse()
    {
        var (request, invite) = await ReceiveAsync();
        invite.Ring();
        SendCancel(request);
        Assert.Equal(487, (await FinalAsync()).StatusCode);
        Assert.True(invite.Cancelled.IsCancellationRequested);
        Assert.Null(invite.Accept(SessionFixture.Answer));
        Assert.Equal(SessionEndReason.NotAnswered, (await _handler.EndedAsync()).Reason);
        Assert.Equal(0, _party.Dialogs.Count);
    }

    [Fact]
    public async Task Cancel_AfterAnswer_LeavesTheSession()
    {
        var (request, invite) = await ReceiveAsync();
        var session = invite.Accept(SessionFixture.Answer)!;
        SendCancel(request);
        Assert.Equal(200, (await _peer.ResponseAsync(SipMethods.Cancel)).StatusCode);
        Assert.Equal(InviteSessionState.Established, session.State);
        Assert.Equal(0, _wire.CountResponses(487, SipMethods.Invite));
    }

    [Fact]
    public async Task Bye_OnEarlyDialog_AnswersTheInvite487()
    {
        var (request, invite) = await ReceiveAsync();
        invite.Ring();
        var ringing = await _peer.ResponseAsync(SipMethods.Invite);
        _peer.Send(_peer.CreateRequest(
            SipMethods.Bye, ringing.Contact!.UriText, request.Headers.Get(HeaderId.From)!, ringing.Headers.Get(HeaderId.To)!, request.CallId!, 8));
        Assert.Equal(487, (await FinalAsync()).StatusCode);
        Assert.Equal(1, _wire.CountResponses(200, SipMethods.Bye));
        Assert.Equal(0, _party.Dialogs.Count);
    }

    [Fact]
    public async Task Expires_Unanswered_IsAnswered487()
    {
        var (_, invite) = await ReceiveAsync(r => r.Headers.Add(HeaderId.Expires, "20"));
        invite.Ring();
        _clock.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(487, (await FinalAsync()).StatusCode);
    }

    [Fact]
    public async Task SecondCopy_ByAnotherWay_Is482()
    {
        var (request, _) = await ReceiveAsync();
        var copy = request.Copy();
        copy.Headers.ReplaceFirstValue(HeaderId.Via, $"SIP/2.0/UDP {_peer.EndPoint};branch=z9hG4bKother");
        _peer.Send(copy);
        Assert.Null(_party.Sessions.Receive(await _party.RequestAsync(), _handler));
        Assert.Equal(482, (await FinalAsync()).StatusCode);
    }

    [Theory]
    [InlineData("Require", "teleport", 420)]
    [InlineData("Session-Expires", "100", 422)]
    public async Task Invite_WithWhatCannotBe_IsRefused(string header, string value, int status)
    {
        _peer.Send(Create(r =>
        {
            r.Headers.Add(HeaderId.Supported, "timer");
            r.Headers.Add(header, value);
        }));
        Assert.Null(_party.Sessions.Receive(await _party.RequestAsync(), _handler));
        var response = await FinalAsync();
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == 422 ? "120" : null, response.Headers.Get(HeaderId.MinSE));
    }

    [Fact]
    public async Task Accept_EchoesRecordRouteAndNamesContact()
    {
        var (_, invite) = await ReceiveAsync(r => r.Headers.Add(HeaderId.RecordRoute, "<sip:p.example.com;lr>;x=1"));
        var session = invite.Accept(SessionFixture.Answer)!;
        var response = await FinalAsync();
        Assert.Equal("<sip:p.example.com;lr>;x=1", response.Headers.Get(HeaderId.RecordRoute));
        Assert.Equal("sip:alice@127.0.0.1:5061", response.Contact!.UriText);
        Assert.Equal(["<sip:p.example.com;lr>;x=1"], session.Dialog.Routes);
    }

    public ValueTask DisposeAsync() => _party.DisposeAsync();

    private async Task<SipResponse> FinalAsync() => await _peer.ResponseAsync(SipMethods.Invite, 200);

    private void SendCancel(SipRequest invite)
    {
        var cancel = _peer.CreateRequest(
            SipMethods.Cancel, invite.RequestUriText, invite.Headers.Get(HeaderId.From)!, invite.Headers.Get(HeaderId.To)!, invite.CallId!, 7);
        cancel.Headers.Set(HeaderId.Via, invite.Headers.Get(HeaderId.Via)!);
        _peer.Send(cancel);
    }

    private SipRequest Create(Action<SipRequest>? prepare = null)
    {
        var request = _peer.CreateRequest(
            SipMethods.Invite, "sip:alice@127.0.0.1:5061", "<sip:bob@example.com>;tag=b", "<sip:alice@example.com>", "one", 7);
        SessionFixture.Offer.WriteTo(request);
        prepare?.Invoke(request);
        return request;
    }

    private async Task<(SipRequest Request, IncomingInvite Invite)> ReceiveAsync(Action<SipRequest>? prepare = null)
    {
        var request = Create(prepare);
        _peer.Send(request);
        return (request, await _party.InviteAsync(_handler));
    }
}
