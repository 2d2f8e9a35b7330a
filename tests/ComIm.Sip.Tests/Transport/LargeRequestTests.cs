using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using ComIm.Sip.Transport.Memory;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Transport;

/// <summary>RFC 3261 section 18.1.1: what does not fit a datagram goes over TCP.</summary>
public sealed class LargeRequestTests
{
    private static readonly IPEndPoint Alice = new(IPAddress.Parse("192.0.2.1"), 5060);
    private static readonly IPEndPoint Bob = new(IPAddress.Parse("192.0.2.2"), 5060);

    [Theory]
    [InlineData(10, true, "UDP")]
    [InlineData(500, true, "UDP")]
    [InlineData(1300, true, "TCP")]
    [InlineData(20_000, true, "TCP")]
    [InlineData(20_000, false, "UDP")]
    public async Task Request_BySize_NamesTheTransportItWentOver(int length, bool bobTakesTcp, string expected)
    {
        var (transaction, received) = await SendAsync(length, bobTakesTcp, aliceHasTcp: true);
        Assert.Equal(200, (await transaction.FinalResponse.WaitAsync(TimeSpan.FromSeconds(20))).StatusCode);
        Assert.StartsWith($"SIP/2.0/{expected} 192.0.2.1:5060;branch=", received.Headers.Get(HeaderId.Via), StringComparison.Ordinal);
        Assert.Equal(expected, SipTarget.NameOf(transaction.Target.Transport));
        Assert.Equal(length, received.Body.Length);
        Assert.Single(received.Headers.GetValues(HeaderId.Via));
    }

    [Fact]
    public async Task Request_LargeAndConnectionCut_GoesOverUdpAfterAll()
    {
        var time = new ManualTimeProvider();
        using var network = new MemoryNetwork(time, 1, new MemoryNetworkConditions { MinDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(1) });
        var options = new SipStackOptions { TimeProvider = time, HandlerScheduler = InlineTaskScheduler.Instance };
        var received = 0;
        await using var alice = new SipStack(Bind(network, Alice, true), _ => Task.CompletedTask, options);
        await using var bob = new SipStack(Bind(network, Bob, true), Answer, options);
        alice.Start();
        bob.Start();
        var transaction = alice.Begin(TestMessages.Message("one", new string('x', 5000)), new SipTarget(SipTransportKind.Udp, Bob));
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal((0, false), (received, transaction.FinalResponse.IsCompleted));
        network.CutConnections(Bob.Address);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(200, (await transaction.FinalResponse.WaitAsync(TimeSpan.FromSeconds(20))).StatusCode);
        Assert.Equal((1, SipTransportKind.Udp), (received, transaction.Target.Transport));

        Task Answer(ServerTransaction incoming)
        {
            received++;
            incoming.Respond(200);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Request_LargeWithoutATcpTransport_GoesOverUdp()
    {
        var (transaction, _) = await SendAsync(20_000, bobTakesTcp: true, aliceHasTcp: false);
        Assert.Equal(SipTransportKind.Udp, transaction.Target.Transport);
    }

    [Theory]
    [InlineData("sip:bob@example.com")]
    [InlineData("sip:žluťoučký@example.com")]
    public void Length_OfARequest_IsThatOfItsBytes(string uri)
    {
        var request = TestMessages.Message("one", "kůň");
        request.Headers.Add(HeaderId.Subject, "žluťoučký kůň");
        request.Headers.Set(HeaderId.ContentLength, "5");
        var parsed = (SipRequest)SipParser.ParseDatagram(request.ToBytes()).Message!;
        parsed.Headers.Add(HeaderId.UserAgent, uri);
        Assert.Equal(request.ToBytes().Length, request.Length);
        Assert.Equal(parsed.ToBytes().Length, parsed.Length);
    }

    private static async Task<(ClientTransaction Transaction, SipRequest Received)> SendAsync(int length, bool bobTakesTcp, bool aliceHasTcp)
    {
        var time = new ManualTimeProvider();
        using var network = new MemoryNetwork(time, 1, new MemoryNetworkConditions { MinDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(1) });
        var options = new SipStackOptions { TimeProvider = time, HandlerScheduler = InlineTaskScheduler.Instance };
        SipRequest? received = null;
        await using var alice = new SipStack(Bind(network, Alice, aliceHasTcp), _ => Task.CompletedTask, options);
        await using var bob = new SipStack(Bind(network, Bob, bobTakesTcp), Answer, options);
        alice.Start();
        bob.Start();
        var transaction = alice.Begin(TestMessages.Message("one", new string('x', length)), new SipTarget(SipTransportKind.Udp, Bob));
        time.Advance(TimeSpan.FromSeconds(5));
        return (transaction, received!);

        Task Answer(ServerTransaction incoming)
        {
            received = incoming.Request;
            incoming.Respond(200);
            return Task.CompletedTask;
        }
    }

    private static ISipTransport[] Bind(MemoryNetwork network, IPEndPoint endPoint, bool withTcp) => withTcp
        ? [network.Bind(SipTransportKind.Udp, endPoint), network.Bind(SipTransportKind.Tcp, endPoint)]
        : [network.Bind(SipTransportKind.Udp, endPoint)];
}
