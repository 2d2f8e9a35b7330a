using System.Net;
using System.Net.Sockets;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Transport;

/// <summary>UDP on loopback: its thread waits in the socket, and ends when the transport is closed.</summary>
public sealed class UdpTransportTests
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_BothWays_ArriveWithTheirSource(bool ipv6)
    {
        await using var one = new UdpTransport(Loopback.Any(ipv6));
        await using var two = new UdpTransport(Loopback.Any(ipv6));
        RecordingReceiver atOne = new(), atTwo = new();
        one.Start(atOne);
        two.Start(atTwo);
        await one.PingAsync(Target(two));
        await one.SendAsync(Target(two), TestMessages.Bytes("there"));
        var (remote, there) = await atTwo.NextAsync();
        Assert.Equal(("there", one.LocalEndPoint), (there.Message!.CallId, remote));
        await two.SendAsync(new SipTarget(SipTransportKind.Udp, remote), TestMessages.Bytes("back"));
        Assert.Equal("back", (await atOne.NextAsync()).Result.Message!.CallId);
        Assert.Equal((0, 0), (atOne.FailedCount, atTwo.ReceivedCount));
    }

    [SkippableTheory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("::")]
    public async Task Dispose_WhileItWaits_EndsItsThread(string address)
    {
        var local = new IPEndPoint(IPAddress.Parse(address), 0);
        if (local.AddressFamily == AddressFamily.InterNetworkV6)
        {
            Skip.IfNot(Requires.IPv6(out var reason), reason);
        }

        var transport = new UdpTransport(local);
        var receiver = new RecordingReceiver();
        transport.Start(receiver);
        await transport.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((0, 0), (receiver.ReceivedCount, receiver.FailedCount));
        await using var again = new UdpTransport(transport.LocalEndPoint);
    }

    [Fact]
    public async Task Dispose_FromAReceivedMessage_EndsItsThread()
    {
        var transport = new UdpTransport(Loopback.Any(false));
        var closing = new ClosingReceiver();
        transport.Start(closing);
        await using var other = new UdpTransport(Loopback.Any(false));
        await other.SendAsync(Target(transport), TestMessages.Bytes("close"));
        await closing.Closed.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [SkippableFact]
    public async Task Send_ToAPortThatNobodyHas_IsReportedAndHarmsNoOther()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux reports it for a socket that is connected to nobody.");
        await using var one = new UdpTransport(Loopback.Any(false));
        await using var two = new UdpTransport(Loopback.Any(false));
        RecordingReceiver atOne = new(), atTwo = new();
        one.Start(atOne);
        two.Start(atTwo);
        for (var i = 0; i < 20; i++)
        {
            await one.SendAsync(new SipTarget(SipTransportKind.Udp, new IPEndPoint(IPAddress.Loopback, FreePort.Udp())), TestMessages.Bytes("nowhere"));
            await one.SendAsync(Target(two), TestMessages.Bytes($"{i}"));
            Assert.Equal($"{i}", (await atTwo.NextAsync()).Result.Message!.CallId);
        }

        Assert.Equal(IPAddress.Loopback, (await atOne.NextFailureAsync()).Remote!.Address);
    }

    [Fact]
    public async Task Send_MoreThanADatagramHolds_SaysSo()
    {
        await using var one = new UdpTransport(Loopback.Any(false));
        var send = () => one.SendAsync(Target(one), new byte[70_000]).AsTask();
        await Assert.ThrowsAsync<SipTransportException>(send);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Send_ToAPortThatNobodyHas_ManyTimes_StillReceives(bool v6)
    {
        var receiver = new RecordingReceiver();
        await using var one = new UdpTransport(Loopback.Any(v6));
        one.Start(receiver);
        SipTarget nobody;
        await using (var gone = new UdpTransport(Loopback.Any(v6)))
        {
            nobody = Target(gone);
        }

        var bytes = TestMessages.Bytes("lost");
        for (var i = 0; i < 20_000; i++)
        {
            try
            {
                await one.SendAsync(nobody, bytes);
            }
            catch (SipTransportException)
            {
                // Two reports came between: this one was not sent.
            }
        }

        await using var other = new UdpTransport(Loopback.Any(v6));
        await other.SendAsync(Target(one), TestMessages.Bytes("heard"));
        await receiver.NextAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Send_ToAPortThatNobodyHas_NamesThePort(bool v6)
    {
        var receiver = new RecordingReceiver();
        await using var one = new UdpTransport(Loopback.Any(v6));
        await using var silent = new UdpTransport(Loopback.Any(v6));
        one.Start(receiver);
        SipTarget nobody;
        await using (var gone = new UdpTransport(Loopback.Any(v6)))
        {
            nobody = Target(gone);
        }

        await one.SendAsync(Target(silent), TestMessages.Bytes("waits"));
        await one.SendAsync(nobody, TestMessages.Bytes("lost"));
        var (remote, _) = await receiver.NextFailureAsync();
        Assert.Equal(UnreachablePorts.HaveAddresses ? nobody.EndPoint : null, remote);
    }

    [Fact]
    public async Task Send_AfterTheEnd_SaysSo()
    {
        var one = new UdpTransport(Loopback.Any(false));
        one.Start(new RecordingReceiver());
        await one.DisposeAsync();
        await Assert.ThrowsAsync<SipTransportException>(() => one.SendAsync(Target(one), TestMessages.Bytes("late")).AsTask());
    }

    private static SipTarget Target(UdpTransport transport) => new(SipTransportKind.Udp, transport.LocalEndPoint);

    private sealed class ClosingReceiver : ISipTransportReceiver
    {
        private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Closed => _closed.Task;

        public void OnReceived(ISipTransport transport, IPEndPoint remote, SipParseResult result) => _ = CloseAsync(transport);

        public void OnFailed(ISipTransport transport, IPEndPoint? remote, SipTransportException cause) => _closed.TrySetException(cause);

        private async Task CloseAsync(ISipTransport transport)
        {
            await transport.DisposeAsync();
            _closed.TrySetResult();
        }
    }
}
