using System.Collections.Concurrent;
using System.Threading.Channels;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Server.Tests.Proxy;

public sealed class InviteTests
{
    [Theory]
    [InlineData(SipTransportKind.Udp, SipTransportKind.Udp, 1)]
    [InlineData(SipTransportKind.Tcp, SipTransportKind.Tcp, 1)]
    [InlineData(SipTransportKind.Udp, SipTransportKind.Tcp, 2)]
    [InlineData(SipTransportKind.Tcp, SipTransportKind.Udp, 2)]
    public async Task Session_InviteRingAcceptAckMessageBye_BothWays(SipTransportKind from, SipTransportKind to, int records)
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await new TestUser("alice", server.LocalEndPoint, from).RegisteredAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint, to) { Answer = RingAndAccept }.RegisteredAsync();
        var provisional = new ConcurrentQueue<int>();
        var invite = await alice.BeginAsync(alice.Create("INVITE", bob.Address), r => provisional.Enqueue(r.StatusCode));
        var accepted = await invite.FinalResponse.WaitAsync(TestDomain.Guard);
        Assert.Equal(200, accepted.StatusCode);
        Assert.Contains(180, provisional);
        var incoming = (await bob.NextAsync()).Request;
        Assert.Equal(records, incoming.Headers.GetValues(HeaderId.RecordRoute).Count);

        await alice.SendAckAsync(InDialog(alice, invite.Request, accepted, "ACK"));
        var ack = await bob.NextAckAsync();
        Assert.Equal((accepted.To!.Tag, 69, 60u), (ack.To!.Tag, ack.MaxForwards, ack.MaxBreadth));

        Assert.Equal(200, (await alice.SendAsync(InDialog(alice, invite.Request, accepted, "MESSAGE"))).StatusCode);
        var inside = (await bob.NextAsync()).Request;
        Assert.Equal(accepted.Contact!.UriText, inside.RequestUriText);
        Assert.False(inside.Headers.Contains(HeaderId.Route));

        Assert.Equal(200, (await bob.SendAsync(Answering(incoming, accepted, "BYE"))).StatusCode);
        Assert.Equal("BYE", (await alice.NextAsync()).Request.Method);
    }

    [Fact]
    public async Task Cancel_WhileItRings_CancelsEveryBranch()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        await using var phone = await new TestUser("bob", server.LocalEndPoint) { Answer = RingUntilCancelled }.RegisteredAsync();
        await using var laptop = await new TestUser("bob", server.LocalEndPoint) { Answer = RingUntilCancelled }.RegisteredAsync();
        var rings = Channel.CreateUnbounded<int>();
        var invite = await alice.BeginAsync(alice.Create("INVITE", "sip:bob@example.com"), r => rings.Writer.TryWrite(r.StatusCode));
        for (var ringing = 0; ringing < 2;)
        {
            ringing += await rings.Reader.ReadAsync().AsTask().WaitAsync(TestDomain.Guard) == 180 ? 1 : 0;
        }

        invite.Cancel();
        Assert.Equal(487, (await invite.FinalResponse.WaitAsync(TestDomain.Guard)).StatusCode);
        await Task.WhenAll(CancelledAsync(await phone.NextAsync()), CancelledAsync(await laptop.NextAsync())).WaitAsync(TestDomain.Guard);
    }

    [Fact]
    public async Task Invite_OneAccepts_TheOtherIsCancelled()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        var isRinging = new TaskCompletionSource();
        await using var phone = await new TestUser("bob", server.LocalEndPoint)
        {
            Answer = async t =>
            {
                await RingUntilCancelled(t);
            },
        }.RegisteredAsync();
        await using var laptop = await new TestUser("bob", server.LocalEndPoint)
        {
            Answer = async t =>
            {
                await isRinging.Task;
                Accept(t);
            },
        }.RegisteredAsync();
        var invite = await alice.BeginAsync(alice.Create("INVITE", "sip:bob@example.com"), r => _ = r.StatusCode == 180 && isRinging.TrySetResult());
        Assert.Equal(200, (await invite.FinalResponse.WaitAsync(TestDomain.Guard)).StatusCode);
        await CancelledAsync(await phone.NextAsync()).WaitAsync(TestDomain.Guard);
    }

    [Fact]
    public async Task Invite_OneDeclinesForAll_TheOtherIsCancelledAnd603GoesBack()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        var isRinging = new TaskCompletionSource();
        await using var phone = await new TestUser("bob", server.LocalEndPoint) { Answer = RingUntilCancelled }.RegisteredAsync();
        await using var laptop = await new TestUser("bob", server.LocalEndPoint)
        {
            Answer = async t =>
            {
                await isRinging.Task;
                t.Respond(603);
            },
        }.RegisteredAsync();
        var invite = await alice.BeginAsync(alice.Create("INVITE", "sip:bob@example.com"), r => _ = r.StatusCode == 180 && isRinging.TrySetResult());
        Assert.Equal(603, (await invite.FinalResponse.WaitAsync(TestDomain.Guard)).StatusCode);
    }

    [Fact]
    public async Task Invite_RingsTooLong_TimerCEndsIt()
    {
        var clock = new ManualTimeProvider();
        await using var server = await TestDomain.StartAsync(o => o with { TimeProvider = clock });
        await using var alice = new TestUser("alice", server.LocalEndPoint);
        await using var bob = await new TestUser("bob", server.LocalEndPoint) { Answer = RingUntilCancelled }.RegisteredAsync();
        var isRinging = new TaskCompletionSource();
        var invite = await alice.BeginAsync(alice.Create("INVITE", bob.Address), r => _ = r.StatusCode == 180 && isRinging.TrySetResult());
        await isRinging.Task.WaitAsync(TestDomain.Guard);
        clock.Advance(TimeSpan.FromSeconds(182));
        Assert.Equal(487, (await invite.FinalResponse.WaitAsync(TestDomain.Guard)).StatusCode);
    }

    [Fact]
    public async Task Request_InADialogWhoseDeviceHasANewContact_ReachesIt()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await new TestUser("alice", server.LocalEndPoint).RegisteredAsync();
        SipResponse accepted;
        ClientTransaction invite;
        await using (var old = await new TestUser("bob", server.LocalEndPoint) { Answer = RingAndAccept }.RegisteredAsync())
        {
            invite = await alice.BeginAsync(alice.Create("INVITE", old.Address));
            accepted = await invite.FinalResponse.WaitAsync(TestDomain.Guard);
            await old.SendAsync(old.CreateRegister(0, "*"));
        }

        await using var bob = await new TestUser("bob", server.LocalEndPoint).RegisteredAsync();
        Assert.Equal(200, (await alice.SendAsync(InDialog(alice, invite.Request, accepted, "INFO"))).StatusCode);
        Assert.Equal("INFO", (await bob.NextAsync()).Request.Method);
    }

    [Fact]
    public async Task Request_FromAStrictRouter_IsRepaired()
    {
        await using var server = await TestDomain.StartAsync();
        await using var alice = await new TestUser("alice", server.LocalEndPoint).RegisteredAsync();
        await using var bob = await new TestUser("bob", server.LocalEndPoint) { Answer = RingAndAccept }.RegisteredAsync();
        var invite = await alice.BeginAsync(alice.Create("INVITE", bob.Address));
        var accepted = await invite.FinalResponse.WaitAsync(TestDomain.Guard);
        await bob.NextAsync();
        var request = InDialog(alice, invite.Request, accepted, "INFO");
        var route = request.Headers.GetValues(HeaderId.Route)[0];
        Assert.True(NameAddress.TryParse(route, out var own));
        var strict = request.CopyTo(own.Uri!);
        strict.Headers.Set(HeaderId.Route, accepted.Contact!.ToString());
        Assert.Equal(200, (await alice.SendAsync(strict)).StatusCode);
        Assert.Equal(accepted.Contact.UriText, (await bob.NextAsync()).Request.RequestUriText);
    }

    private static Task RingAndAccept(ServerTransaction transaction)
    {
        if (transaction.Request.Method == "INVITE")
        {
            transaction.Respond(180);
            Accept(transaction);
        }
        else
        {
            transaction.Respond(200);
        }

        return Task.CompletedTask;
    }

    private static Task RingUntilCancelled(ServerTransaction transaction)
    {
        transaction.Cancelled.Register(() => transaction.Respond(487));
        transaction.Respond(180);
        return Task.CompletedTask;
    }

    private static void Accept(ServerTransaction transaction)
    {
        var response = transaction.CreateResponse(200);
        response.Headers.CopyFrom(transaction.Request.Headers, HeaderId.RecordRoute);
        response.Headers.Add(HeaderId.Contact, $"<{transaction.Request.RequestUriText}>");
        transaction.Respond(response);
    }

    private static Task CancelledAsync(ServerTransaction transaction)
    {
        var cancelled = new TaskCompletionSource();
        transaction.Cancelled.Register(() => cancelled.TrySetResult());
        return cancelled.Task;
    }

    /// <summary>A request of the caller (RFC 3261 section 12.2.1.1): the route set backwards.</summary>
    private static SipRequest InDialog(TestUser caller, SipRequest invite, SipResponse accepted, string method)
    {
        var request = new SipRequest(method, accepted.Contact!.Uri!);
        accepted.Headers.GetValues(HeaderId.RecordRoute).Reverse().ToList().ForEach(r => request.Headers.Add(HeaderId.Route, r));
        request.Headers.CopyFrom(invite.Headers, HeaderId.From);
        request.Headers.CopyFrom(accepted.Headers, HeaderId.To);
        request.Headers.CopyFrom(invite.Headers, HeaderId.CallId);
        var number = invite.CSeq!.Value.Number + (method == "ACK" ? 0u : 1u);
        request.Headers.Add(HeaderId.CSeq, new CSeq(number, method).ToString());
        request.Headers.Add(HeaderId.Contact, caller.Contact);
        return request;
    }

    /// <summary>A request of the callee.</summary>
    private static SipRequest Answering(SipRequest invite, SipResponse accepted, string method)
    {
        var request = new SipRequest(method, invite.Contact!.Uri!);
        invite.Headers.GetValues(HeaderId.RecordRoute).ToList().ForEach(r => request.Headers.Add(HeaderId.Route, r));
        request.Headers.Add(HeaderId.From, accepted.To!.ToString());
        request.Headers.Add(HeaderId.To, invite.From!.ToString());
        request.Headers.CopyFrom(invite.Headers, HeaderId.CallId);
        request.Headers.Add(HeaderId.CSeq, new CSeq(1, method).ToString());
        return request;
    }
}
