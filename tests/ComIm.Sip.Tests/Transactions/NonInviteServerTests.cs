using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Tests.Wire;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Transactions;

/// <summary>RFC 4320: what a server may say to a request that is no INVITE, and when.</summary>
public sealed class NonInviteServerTests
{
    private const string Request = """
        MESSAGE sip:alice@127.0.0.1:5061 SIP/2.0
        Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bKone
        Max-Forwards: 70
        From: <sip:bob@example.com>;tag=b
        To: <sip:alice@example.com>
        Call-ID: one
        CSeq: 7 MESSAGE
        Content-Length: 0


        """;

    [Fact]
    public void NonInviteTrying_DefaultTimers_IsWhenTimerEReachesT2() =>
        Assert.Equal(TimeSpan.FromSeconds(3.5), SipTimers.Default.NonInviteTrying);

    [Fact]
    public async Task Unanswered_OverUdp_IsTold100WhenTimerEReachesT2AndForgottenWithTheClient()
    {
        var clock = new ManualTimeProvider();
        var wire = new MemoryWire();
        await using var party = new Party(wire, clock, "alice", 5061, 5070);
        var peer = new RawPeer(wire, 5070, new IPEndPoint(IPAddress.Loopback, 5061));
        peer.Send(Request);
        var transaction = await party.RequestAsync();
        transaction.Respond(100);
        transaction.Respond(180);
        clock.Advance(TimeSpan.FromSeconds(3.4));
        Assert.Equal(0, wire.Count(m => m is SipResponse));
        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(1, wire.CountResponses(100, SipMethods.Message));
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(TransactionState.Terminated, transaction.State);
        transaction.Respond(200);
        Assert.Equal(1, wire.Count(m => m is SipResponse));
    }

    [Fact]
    public async Task Timeout_As408_IsNotSentButCopiesAreAbsorbed()
    {
        var clock = new ManualTimeProvider();
        var wire = new MemoryWire();
        await using var party = new Party(wire, clock, "alice", 5061, 5070);
        var peer = new RawPeer(wire, 5070, new IPEndPoint(IPAddress.Loopback, 5061));
        peer.Send(Request);
        (await party.RequestAsync()).Respond(408);
        peer.Send(Request);
        Assert.Equal(1, party.Stack.TransactionCount);
        clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(0, wire.Count(m => m is SipResponse));
        Assert.Equal(0, party.Stack.TransactionCount);
    }

    [Fact]
    public async Task Provisional_OverStream_IsSentAtOnce()
    {
        var wire = new MemoryWire();
        await using var party = new Party(wire, new ManualTimeProvider(), "alice", 5061, 5070, kind: SipTransportKind.Tcp);
        var peer = new RawPeer(wire, 5070, new IPEndPoint(IPAddress.Loopback, 5061));
        peer.Send(Request.Replace("UDP", "TCP"));
        (await party.RequestAsync()).Respond(100);
        Assert.Equal(1, wire.CountResponses(100, SipMethods.Message));
    }
}
