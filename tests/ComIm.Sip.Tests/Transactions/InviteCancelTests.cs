using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Tests.Wire;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Transactions;

public sealed class InviteCancelTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryWire _wire = new();
    private readonly Party _party;
    private readonly RawPeer _peer;

    public InviteCancelTests()
    {
        _party = new Party(_wire, _clock, "alice", 5061, 5070);
        _peer = new RawPeer(_wire, 5070, new IPEndPoint(IPAddress.Loopback, 5061));
    }

    [Fact]
    public async Task ClientCancel_BeforeProvisional_WaitsForIt()
    {
        var transaction = _party.Stack.Begin(Invite(), _party.Agent.Outbound);
        var invite = await _peer.RequestAsync(SipMethods.Invite);
        transaction.Cancel();
        Assert.Equal(0, _wire.CountRequests(SipMethods.Cancel));

        _peer.Respond(invite, 100);
        var cancel = await _peer.RequestAsync(SipMethods.Cancel);
        Assert.Equal(invite.TopVia!.Branch, cancel.TopVia!.Branch);
        Assert.Equal(invite.CSeq!.Value.Number, cancel.CSeq!.Value.Number);
        Assert.Equal(invite.RequestUriText, cancel.RequestUriText);
        Assert.Equal(invite.Headers.Get(HeaderId.To), cancel.Headers.Get(HeaderId.To));
        _peer.Respond(cancel, 200, "t");
        _peer.Respond(invite, 487, "t");
        Assert.Equal(487, (await transaction.FinalResponse).StatusCode);
        Assert.Equal(1, _wire.CountRequests(SipMethods.Cancel));
        Assert.Equal(1, _wire.CountRequests(SipMethods.Ack));
    }

    [Fact]
    public async Task ClientCancel_PeerSilentAfterwards_GivesUpAfter64T1()
    {
        var transaction = _party.Stack.Begin(Invite(), _party.Agent.Outbound);
        _peer.Respond(await _peer.RequestAsync(SipMethods.Invite), 180, "t");
        transaction.Cancel();
        _clock.Advance(TimeSpan.FromSeconds(33));
        Assert.Equal(408, (await transaction.FinalResponse).StatusCode);
    }

    [Fact]
    public async Task ClientCancel_AfterFinalResponse_SendsNothing()
    {
        var transaction = _party.Stack.Begin(Invite(), _party.Agent.Outbound);
        _peer.Respond(await _peer.RequestAsync(SipMethods.Invite), 486, "t");
        transaction.Cancel();
        Assert.Equal(0, _wire.CountRequests(SipMethods.Cancel));
    }

    [Fact]
    public async Task ServerCancel_MatchingInvite_IsAnsweredAndTold()
    {
        _peer.Send(IncomingInvite());
        var transaction = await _party.RequestAsync();
        var told = new TaskCompletionSource();
        using var registration = transaction.Cancelled.Register(told.SetResult);
        _peer.Send(IncomingInvite().Replace("INVITE", "CANCEL"));
        var answer = await _peer.ResponseAsync(SipMethods.Cancel);
        Assert.Equal(200, answer.StatusCode);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(20));
        transaction.Respond(487);
        var final = await _peer.ResponseAsync(SipMethods.Invite);
        Assert.Equal(487, final.StatusCode);

        // The tags of both responses are to be the same (RFC 3261 section 9.2).
        Assert.Equal(final.To!.Tag, answer.To!.Tag);
    }

    [Fact]
    public async Task ServerCancel_AfterFinalResponse_HasNoEffect()
    {
        _peer.Send(IncomingInvite());
        var transaction = await _party.RequestAsync();
        transaction.Respond(486);
        _peer.Send(IncomingInvite().Replace("INVITE", "CANCEL"));
        Assert.Equal(200, (await _peer.ResponseAsync(SipMethods.Cancel)).StatusCode);
        Assert.False(transaction.Cancelled.IsCancellationRequested);
    }

    [Fact]
    public async Task ServerCancel_WithoutInvite_Is481()
    {
        _peer.Send(IncomingInvite().Replace("INVITE", "CANCEL"));
        Assert.Equal(481, (await _peer.ResponseAsync(SipMethods.Cancel)).StatusCode);
    }

    [Fact]
    public async Task ServerCancel_PeerWithoutBranch_FindsItsInvite()
    {
        _peer.Send(IncomingInvite().Replace(";branch=z9hG4bKone", string.Empty));
        var transaction = await _party.RequestAsync();
        _peer.Send(IncomingInvite().Replace("INVITE", "CANCEL").Replace(";branch=z9hG4bKone", string.Empty));
        Assert.Equal(200, (await _peer.ResponseAsync(SipMethods.Cancel)).StatusCode);
        Assert.True(transaction.Cancelled.IsCancellationRequested);

        transaction.Respond(487);
        var final = await _peer.ResponseAsync(SipMethods.Invite);
        _peer.Send(IncomingInvite().Replace("INVITE", "ACK").Replace(";branch=z9hG4bKone", string.Empty).Replace("To: <sip:alice@example.com>", "To: " + final.Headers.Get(HeaderId.To)));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, _wire.CountResponses(487, SipMethods.Invite));
    }

    [Fact]
    public async Task ServerInvite_Unanswered_IsTold100After200Milliseconds()
    {
        _peer.Send(IncomingInvite());
        var transaction = await _party.RequestAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(190));
        Assert.Equal(0, _wire.CountResponses(100, SipMethods.Invite));
        _clock.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Equal(1, _wire.CountResponses(100, SipMethods.Invite));
        Assert.Null((await _peer.ResponseAsync(SipMethods.Invite, 100)).To!.Tag);
        transaction.Respond(486);
    }

    [Fact]
    public async Task ServerInvite_AnsweredInTime_IsNotTold100()
    {
        _peer.Send(IncomingInvite());
        (await _party.RequestAsync()).Respond(180);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _wire.CountResponses(100, SipMethods.Invite));
    }

    public ValueTask DisposeAsync() => _party.DisposeAsync();

    private static string IncomingInvite() => """
        INVITE sip:alice@127.0.0.1:5061 SIP/2.0
        Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bKone
        Max-Forwards: 70
        From: <sip:bob@example.com>;tag=b
        To: <sip:alice@example.com>
        Call-ID: one
        CSeq: 7 INVITE
        Contact: <sip:bob@127.0.0.1:5070>
        Content-Length: 0


        """;

    private SipRequest Invite() => _party.Sessions.CreateRequest(SipMethods.Invite, SipUri.Parse("sip:bob@example.com"));
}
