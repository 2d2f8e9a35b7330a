using System.Net;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using ComIm.Sip.Transport.Memory;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Transport.Memory;

public sealed class MemoryNetworkTests
{
    private static readonly IPEndPoint Alice = new(IPAddress.Parse("192.0.2.1"), 5060);
    private static readonly IPEndPoint Bob = new(IPAddress.Parse("2001:db8::2"), 5060);

    private readonly ManualTimeProvider _time = new();
    private readonly RecordingReceiver _atAlice = new();
    private readonly RecordingReceiver _atBob = new();

    [Fact]
    public async Task Datagram_Delayed_ArrivesAtItsTime()
    {
        using var network = new MemoryNetwork(_time, 1, new MemoryNetworkConditions { MinDelay = TimeSpan.FromSeconds(3), MaxDelay = TimeSpan.FromSeconds(3) });
        var (alice, _) = Bind(network, SipTransportKind.Udp);
        await alice.SendAsync(To(SipTransportKind.Udp, Bob), TestMessages.Bytes("one"));
        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Equal(0, _atBob.ReceivedCount);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        var (remote, result) = await _atBob.NextAsync();
        Assert.Equal(("one", Alice), (result.Message!.CallId, remote));
    }

    [Fact]
    public async Task Datagram_WhereNobodyListens_IsReported()
    {
        using var network = new MemoryNetwork(_time);
        var (alice, bob) = Bind(network, SipTransportKind.Udp);
        await bob.DisposeAsync();
        await alice.SendAsync(To(SipTransportKind.Udp, Bob), TestMessages.Bytes("one"));
        _time.Advance(TimeSpan.Zero);
        Assert.Equal(Bob, (await _atAlice.NextFailureAsync()).Remote);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(int.MaxValue)]
    public async Task Connection_AnyReads_CarriesMessagesBothWaysInOrder(int maxRead)
    {
        var conditions = new MemoryNetworkConditions { MaxRead = maxRead, Loss = 0.5, Duplication = 0.5, MaxDelay = TimeSpan.FromSeconds(1) };
        using var network = new MemoryNetwork(_time, 1, conditions);
        var (alice, bob) = Bind(network, SipTransportKind.Tcp);
        for (var i = 0; i < 20; i++)
        {
            await alice.SendAsync(To(SipTransportKind.Tcp, Bob), TestMessages.Bytes($"{i}", "žluťoučký kůň"));
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        IPEndPoint? flow = null;
        for (var i = 0; i < 20; i++)
        {
            var (remote, result) = await _atBob.NextAsync();
            Assert.Equal($"{i}", result.Message!.CallId);
            Assert.Equal("žluťoučký kůň", result.Message.BodyText);
            Assert.Equal(flow ??= remote, remote);
        }

        Assert.NotEqual(Alice, flow);
        await bob.SendAsync(To(SipTransportKind.Tcp, flow!) with { IsFlow = true }, TestMessages.Bytes("back"));
        _time.Advance(TimeSpan.FromSeconds(1));
        var (from, back) = await _atAlice.NextAsync();
        Assert.Equal(("back", Bob), (back.Message!.CallId, from));
    }

    [Fact]
    public async Task Connection_ToNobody_IsRefused()
    {
        using var network = new MemoryNetwork(_time);
        var (alice, bob) = Bind(network, SipTransportKind.Tcp);
        await bob.DisposeAsync();
        var error = await Assert.ThrowsAsync<SipTransportException>(() => alice.SendAsync(To(SipTransportKind.Tcp, Bob), TestMessages.Bytes("one")).AsTask());
        Assert.Equal(SipTransportFault.Unreachable, error.Fault);
    }

    [Fact]
    public async Task Connection_Cut_IsReportedAtBothEnds()
    {
        using var network = new MemoryNetwork(_time);
        var (alice, _) = Bind(network, SipTransportKind.Tcp);
        await alice.SendAsync(To(SipTransportKind.Tcp, Bob), TestMessages.Bytes("one"));
        _time.Advance(TimeSpan.Zero);
        network.CutConnections(Alice.Address);
        _time.Advance(TimeSpan.Zero);
        Assert.Equal(Bob, (await _atAlice.NextFailureAsync()).Remote);
        Assert.Equal(Alice.Address, (await _atBob.NextFailureAsync()).Remote!.Address);
        await Assert.ThrowsAsync<SipTransportException>(() => alice.PingAsync(To(SipTransportKind.Tcp, Bob)).AsTask());

        await alice.SendAsync(To(SipTransportKind.Tcp, Bob), TestMessages.Bytes("two"));
        _time.Advance(TimeSpan.Zero);
        await _atBob.NextAsync();
        Assert.Equal("two", (await _atBob.NextAsync()).Result.Message!.CallId);
    }

    [Fact]
    public async Task Host_Isolated_IsSilentUntilItRejoins()
    {
        using var network = new MemoryNetwork(_time);
        var (alice, _) = Bind(network, SipTransportKind.Udp);
        network.Isolate(Bob.Address);
        await alice.SendAsync(To(SipTransportKind.Udp, Bob), TestMessages.Bytes("one"));
        network.Rejoin(Bob.Address);
        await alice.SendAsync(To(SipTransportKind.Udp, Bob), TestMessages.Bytes("two"));
        _time.Advance(TimeSpan.Zero);
        Assert.Equal("two", (await _atBob.NextAsync()).Result.Message!.CallId);
        Assert.Equal((0, 0), (_atBob.ReceivedCount, _atAlice.FailedCount));
    }

    [Fact]
    public async Task Stack_NobodyAnswers_TimesOutAfter32SecondsOfItsClock()
    {
        using var network = new MemoryNetwork(_time);
        var options = new SipStackOptions { TimeProvider = _time, HandlerScheduler = InlineTaskScheduler.Instance };
        await using var client = new SipStack([network.Bind(SipTransportKind.Udp, Alice)], _ => Task.CompletedTask, options);
        client.Start();
        network.Isolate(Bob.Address);
        var transaction = client.Begin(TestMessages.Message("one"), To(SipTransportKind.Udp, Bob));
        _time.Advance(TimeSpan.FromSeconds(31.9));
        Assert.False(transaction.FinalResponse.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(408, (await transaction.FinalResponse).StatusCode);
    }

    [Fact]
    public async Task Stack_OneByteReads_AnswersOverTheSameConnection()
    {
        using var network = new MemoryNetwork(_time, 1, new MemoryNetworkConditions { MaxRead = 1 });
        var options = new SipStackOptions { TimeProvider = _time, HandlerScheduler = InlineTaskScheduler.Instance };
        await using var client = new SipStack([network.Bind(SipTransportKind.Tcp, Alice)], _ => Task.CompletedTask, options);
        await using var server = new SipStack([network.Bind(SipTransportKind.Tcp, Bob)], Accept, options);
        client.Start();
        server.Start();
        var transaction = client.Begin(TestMessages.Message("one", new string('x', 5000)), To(SipTransportKind.Tcp, Bob));
        _time.Advance(TimeSpan.Zero);
        Assert.Equal(202, (await transaction.FinalResponse.WaitAsync(TimeSpan.FromSeconds(20))).StatusCode);

        static Task Accept(ServerTransaction transaction)
        {
            transaction.Respond(202);
            return Task.CompletedTask;
        }
    }

    private static SipTarget To(SipTransportKind kind, IPEndPoint endPoint) => new(kind, endPoint);

    private (MemoryTransport Alice, MemoryTransport Bob) Bind(MemoryNetwork network, SipTransportKind kind)
    {
        var (alice, bob) = (network.Bind(kind, Alice), network.Bind(kind, Bob));
        alice.Start(_atAlice);
        bob.Start(_atBob);
        return (alice, bob);
    }
}
