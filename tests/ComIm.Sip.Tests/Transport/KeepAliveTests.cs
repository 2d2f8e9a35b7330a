using System.Net;
using System.Net.Sockets;
using System.Text;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Transport;

public sealed class KeepAliveTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Ping_OfOurOwnServer_IsAnswered()
    {
        await using var server = new TcpTransport(Loopback.Any(false));
        await using var client = new TcpTransport(Loopback.Any(false));
        server.Start(new RecordingReceiver());
        client.Start(new RecordingReceiver());
        var target = new SipTarget(SipTransportKind.Tcp, server.LocalEndPoint);
        await client.SendAsync(target, TestMessages.Bytes("one"));
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await client.PingAsync(target).AsTask().WaitAsync(Guard));
        }
    }

    [Fact]
    public async Task Ping_WithoutAConnection_MakesNone()
    {
        await using var server = new TcpTransport(Loopback.Any(false));
        await using var client = new TcpTransport(Loopback.Any(false));
        client.Start(new RecordingReceiver());
        var ping = () => client.PingAsync(new SipTarget(SipTransportKind.Tcp, server.LocalEndPoint)).AsTask();
        Assert.Equal(SipTransportFault.FlowClosed, (await Assert.ThrowsAsync<SipTransportException>(ping)).Fault);
    }

    [Fact]
    public async Task Ping_NoLongerAnswered_FailsTheFlow()
    {
        var (client, peer, target, receiver) = await ConnectAsync();
        await using var transport = client;
        using var socket = peer;
        var first = client.PingAsync(target).AsTask();
        await ExpectAsync(peer, "\r\n\r\n");
        await peer.GetStream().WriteAsync("\r\n"u8.ToArray());
        Assert.True(await first.WaitAsync(Guard));

        var second = client.PingAsync(target).AsTask();
        await ExpectAsync(peer, "\r\n\r\n");
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(SipTransportFault.ConnectionLost, (await Assert.ThrowsAsync<SipTransportException>(() => second.WaitAsync(Guard))).Fault);
        Assert.Equal(target.EndPoint, (await receiver.NextFailureAsync()).Remote);
    }

    [Fact]
    public async Task Ping_NeverAnswered_IsOfAPeerThatDoesNotKnowHow()
    {
        var (client, peer, target, receiver) = await ConnectAsync();
        await using var transport = client;
        using var socket = peer;
        var first = client.PingAsync(target).AsTask();
        await ExpectAsync(peer, "\r\n\r\n");
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.False(await first.WaitAsync(Guard));
        Assert.False(await client.PingAsync(target).AsTask().WaitAsync(Guard));
        await ExpectAsync(peer, "\r\n\r\n");
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, receiver.FailedCount);
    }

    [Theory]
    [InlineData(SipTransportKind.Udp, 0, 25)]
    [InlineData(SipTransportKind.Udp, 1, 29)]
    [InlineData(SipTransportKind.Tcp, 0, 95)]
    [InlineData(SipTransportKind.Tls, 1, 120)]
    public void Interval_OfATransport_IsJittered(SipTransportKind kind, double random, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), FlowKeepAlive.Interval(kind, random));

    [Fact]
    public async Task KeepAlive_Started_PingsAtOnceAndAtEveryInterval()
    {
        var transport = new CountingTransport(SipTransportKind.Udp);
        var target = new SipTarget(SipTransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 5060));
        await using var keepAlive = new FlowKeepAlive(transport, target, _time, () => 0.5);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, transport.Pings);
        keepAlive.Start();
        keepAlive.Start();
        _time.Advance(TimeSpan.Zero);
        Assert.Equal(1, transport.Pings);
        _time.Advance(TimeSpan.FromSeconds(27 * 3));
        Assert.Equal(4, transport.Pings);
    }

    private static async Task ExpectAsync(TcpClient peer, string text)
    {
        var buffer = new byte[text.Length];
        await peer.GetStream().ReadExactlyAsync(buffer).AsTask().WaitAsync(Guard);
        Assert.Equal(text, Encoding.UTF8.GetString(buffer));
    }

    /// <summary>A connection whose other end is the test, after the first message on it.</summary>
    private async Task<(TcpTransport Client, TcpClient Peer, SipTarget Target, RecordingReceiver Receiver)> ConnectAsync()
    {
        using var listener = new TcpListener(Loopback.Any(false));
        listener.Start();
        var client = new TcpTransport(Loopback.Any(false), new SipTransportOptions { TimeProvider = _time });
        var receiver = new RecordingReceiver();
        client.Start(receiver);
        var target = new SipTarget(SipTransportKind.Tcp, (IPEndPoint)listener.LocalEndpoint);
        var bytes = TestMessages.Bytes("one");
        await client.SendAsync(target, bytes);
        var peer = await listener.AcceptTcpClientAsync();
        await ExpectAsync(peer, Encoding.UTF8.GetString(bytes));
        return (client, peer, target, receiver);
    }

    private sealed class CountingTransport(SipTransportKind kind) : ISipTransport
    {
        public int Pings { get; private set; }

        public SipTransportKind Kind => kind;

        public IPEndPoint LocalEndPoint { get; } = new(IPAddress.Loopback, 1);

        public void Start(ISipTransportReceiver receiver)
        {
        }

        public ValueTask SendAsync(SipTarget target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) => default;

        public ValueTask<bool> PingAsync(SipTarget target, CancellationToken cancellationToken = default)
        {
            Pings++;
            return ValueTask.FromResult(false);
        }

        public ValueTask DisposeAsync() => default;
    }
}
