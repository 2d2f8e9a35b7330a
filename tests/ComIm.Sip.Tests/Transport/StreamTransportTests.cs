using System.Net;
using System.Net.Sockets;
using System.Text;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;
using ComIm.Sip.Transport.Streams;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Transport;

public sealed class StreamTransportTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tcp_BothWays_UsesOneConnection(bool ipv6)
    {
        await using var server = new TcpTransport(Loopback.Any(ipv6));
        await using var client = new TcpTransport(Loopback.Any(ipv6));
        RecordingReceiver atServer = new(), atClient = new();
        server.Start(atServer);
        client.Start(atClient);

        // Sent at the same time: they share the connection that the first one makes.
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => client.SendAsync(Target(server), TestMessages.Bytes($"{i}")).AsTask()));
        var flow = (await atServer.NextAsync()).Remote;
        for (var i = 1; i < 50; i++)
        {
            Assert.Equal(flow, (await atServer.NextAsync()).Remote);
        }

        await server.SendAsync(new SipTarget(SipTransportKind.Tcp, flow) { IsFlow = true }, TestMessages.Bytes("back"));
        Assert.Equal("back", (await atClient.NextAsync()).Result.Message!.CallId);
        Assert.Equal((1, 1), (client.ConnectionCount, server.ConnectionCount));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Udp_BothWays_NamesTheSender(bool ipv6)
    {
        await using var server = new UdpTransport(Loopback.Any(ipv6));
        await using var client = new UdpTransport(Loopback.Any(ipv6));
        RecordingReceiver atServer = new(), atClient = new();
        server.Start(atServer);
        client.Start(atClient);
        Assert.False(await client.PingAsync(Target(server)));
        await client.SendAsync(Target(server), TestMessages.Bytes("one"));
        var (remote, result) = await atServer.NextAsync();
        Assert.Equal(("one", client.LocalEndPoint), (result.Message!.CallId, remote));
        await server.SendAsync(new SipTarget(SipTransportKind.Udp, remote), TestMessages.Bytes("back"));
        Assert.Equal("back", (await atClient.NextAsync()).Result.Message!.CallId);
    }

    [Fact]
    public async Task Bind_APortThatAnotherListensAt_IsRefused()
    {
        await using var first = new TcpTransport(new IPEndPoint(IPAddress.Loopback, 0));
        var error = Assert.Throws<SocketException>(() => new TcpTransport(first.LocalEndPoint));
        Assert.Equal(SocketError.AddressAlreadyInUse, error.SocketErrorCode);
    }

    [Fact]
    public async Task Bind_AfterARestartWithConnectionsThatLinger_TakesThePortAtOnce()
    {
        var first = new TcpTransport(new IPEndPoint(IPAddress.Loopback, 0));
        first.Start(new RecordingReceiver());
        using var client = new TcpClient();
        await client.ConnectAsync(first.LocalEndPoint);
        await first.DisposeAsync();
        await using var second = new TcpTransport(first.LocalEndPoint);
        Assert.Equal(first.LocalEndPoint, second.LocalEndPoint);
    }

    [Fact]
    public async Task Send_OverAFlowThatIsClosed_MakesNoConnection()
    {
        await using var server = new TcpTransport(Loopback.Any(false));
        await using var client = new TcpTransport(Loopback.Any(false));
        server.Start(new RecordingReceiver());
        client.Start(new RecordingReceiver());
        var error = await Assert.ThrowsAsync<SipTransportException>(
            () => client.SendAsync(Target(server) with { IsFlow = true }, TestMessages.Bytes("one")).AsTask());
        Assert.Equal(SipTransportFault.FlowClosed, error.Fault);
        Assert.Equal(0, client.ConnectionCount);
    }

    [Fact]
    public async Task Send_WhereNobodyListens_IsUnreachable()
    {
        var server = new TcpTransport(Loopback.Any(false));
        await server.DisposeAsync();
        await using var client = new TcpTransport(Loopback.Any(false));
        client.Start(new RecordingReceiver());
        var error = await Assert.ThrowsAsync<SipTransportException>(() => client.SendAsync(Target(server), TestMessages.Bytes("one")).AsTask());
        Assert.Equal(SipTransportFault.Unreachable, error.Fault);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connect_FromThePortThatIsConnectedTo_IsKnownForWhatItIs(bool ipv6)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only here is it known that a socket connects to itself.");

        // What the system chooses by chance for a client, where the port that nobody listens at is one of those for clients.
        using var itself = Bound(Loopback.Any(ipv6));
        await itself.ConnectAsync(itself.LocalEndPoint!).WaitAsync(Guard);
        Assert.True(itself.Connected);
        Assert.True(StreamEndpoint.IsConnectedToItself(itself));

        using var listener = new TcpListener(Loopback.Any(ipv6));
        listener.Start();
        using var other = Bound(Loopback.Any(ipv6));
        await other.ConnectAsync(listener.LocalEndpoint).WaitAsync(Guard);
        Assert.False(StreamEndpoint.IsConnectedToItself(other));
    }

    [Fact]
    public async Task Send_ToOneWhoDoesNotRead_WaitsAndArrivesOnceHeDoes()
    {
        using var listener = new TcpListener(Loopback.Any(false));
        listener.Start();
        var limits = new SipTransportLimits { MaxPendingBytes = 64 * 1024 };
        await using var client = new TcpTransport(Loopback.Any(false), new SipTransportOptions { Limits = limits });
        client.Start(new RecordingReceiver());
        var target = new SipTarget(SipTransportKind.Tcp, (IPEndPoint)listener.LocalEndpoint);
        var bytes = TestMessages.Bytes("one", new string('x', 20_000));

        // The system's buffers fill, then ours, then the senders wait: none fails, and memory stays as it is.
        var sends = Enumerable.Range(0, 2000).Select(_ => client.SendAsync(target, bytes).AsTask()).ToList();
        using var peer = await listener.AcceptTcpClientAsync().WaitAsync(Guard);
        Assert.Contains(sends, s => !s.IsCompleted);
        var expected = (long)bytes.Length * sends.Count;
        var buffer = new byte[64 * 1024];
        var framer = new SipStreamFramer();
        var messages = 0;
        for (long read = 0; read < expected;)
        {
            var count = await peer.GetStream().ReadAsync(buffer).AsTask().WaitAsync(Guard);
            Assert.NotEqual(0, count);
            read += count;
            framer.Feed(buffer.AsSpan(0, count));
            while (framer.TryRead(out var result))
            {
                Assert.Equal(SipRejection.None, result.Rejection);
                messages++;
            }
        }

        await Task.WhenAll(sends).WaitAsync(Guard);
        Assert.Equal(sends.Count, messages);
    }

    [Fact]
    public async Task Send_ToOneWhoNeverReads_FailsAfterTheLimit()
    {
        using var listener = new TcpListener(Loopback.Any(false));
        listener.Start();
        var time = new ManualTimeProvider();
        var receiver = new RecordingReceiver();
        await using var client = new TcpTransport(Loopback.Any(false), new SipTransportOptions { TimeProvider = time });
        client.Start(receiver);
        var target = new SipTarget(SipTransportKind.Tcp, (IPEndPoint)listener.LocalEndpoint);
        var bytes = TestMessages.Bytes("one", new string('x', 500_000));
        await client.SendAsync(target, TestMessages.Bytes("first"));
        var sends = Enumerable.Range(0, 40).Select(_ => client.SendAsync(target, bytes).AsTask()).ToList();
        time.Advance(TimeSpan.FromSeconds(40));
        await Assert.ThrowsAsync<SipTransportException>(() => Task.WhenAll(sends).WaitAsync(Guard));
        Assert.Equal(SipTransportFault.Stalled, (await receiver.NextFailureAsync()).Cause.Fault);
    }

    [Fact]
    public async Task Connections_MoreThanOneAddressMayHave_AreClosed()
    {
        var limits = new SipTransportLimits { MaxConnectionsPerAddress = 2 };
        await using var server = new TcpTransport(Loopback.Any(false), new SipTransportOptions { Limits = limits });
        var receiver = new RecordingReceiver();
        server.Start(receiver);
        using var one = await ConnectUntilTakenAsync(server);
        using var two = await ConnectUntilTakenAsync(server);
        using (var three = await ConnectAsync(server))
        {
            Assert.Equal(0, await ReadAsync(three));
        }

        // Who leaves makes room.
        two.Dispose();
        await receiver.NextFailureAsync();
        using var four = await ConnectUntilTakenAsync(server);
        await four.GetStream().WriteAsync(TestMessages.Bytes("four"));
        Assert.Equal("four", (await receiver.NextAsync()).Result.Message!.CallId);
    }

    [Theory]
    [InlineData(false, 36)]
    [InlineData(true, 7206)]
    public async Task Connection_ThatSaysNothing_IsClosedInTime(bool saysOneMessage, int seconds)
    {
        var time = new ManualTimeProvider();
        await using var server = new TcpTransport(Loopback.Any(false), new SipTransportOptions { TimeProvider = time });
        var receiver = new RecordingReceiver();
        server.Start(receiver);
        using var client = await ConnectAsync(server);
        if (saysOneMessage)
        {
            await client.GetStream().WriteAsync(TestMessages.Bytes("one"));
            await receiver.NextAsync();
        }

        while (server.ConnectionCount == 0)
        {
            // Accepting is the server's own business; nothing tells of it but the count.
            await Task.Yield();
        }

        time.Advance(TimeSpan.FromSeconds(seconds - 15));
        Assert.Equal(1, server.ConnectionCount);
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(0, await ReadAsync(client));
        Assert.Equal(SipTransportFault.ConnectionLost, (await receiver.NextFailureAsync()).Cause.Fault);
    }

    [Fact]
    public async Task MessageWithoutLength_IsAnsweredBeforeTheConnectionIsClosed()
    {
        await using var stack = new SipStack([new TcpTransport(Loopback.Any(false))], _ => Task.CompletedTask);
        stack.Start();
        using var client = new TcpClient();
        await client.ConnectAsync(stack.Find(SipTransportKind.Tcp)!.LocalEndPoint);
        var bytes = Encoding.UTF8.GetString(TestMessages.Bytes("one")).Replace("Content-Length: 5\r\n", "", StringComparison.Ordinal);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(bytes));
        Assert.StartsWith("SIP/2.0 400 Invalid Content-Length\r\n", await ReadTextAsync(client), StringComparison.Ordinal);
        Assert.Equal(0, await ReadAsync(client));
    }

    private static SipTarget Target(ISipTransport transport) => new(transport.Kind, transport.LocalEndPoint);

    private static async Task<TcpClient> ConnectAsync(TcpTransport server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.LocalEndPoint);
        return client;
    }

    /// <summary>The count goes down just after the end is reported, so the first attempts may be one too many.</summary>
    private static async Task<TcpClient> ConnectUntilTakenAsync(TcpTransport server)
    {
        while (true)
        {
            var client = await ConnectAsync(server);
            await client.GetStream().WriteAsync("\r\n\r\n"u8.ToArray());
            if (await ReadAsync(client) > 0)
            {
                return client;
            }

            client.Dispose();
        }
    }

    private static async Task<int> ReadAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1000]).AsTask().WaitAsync(Guard);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static async Task<string> ReadTextAsync(TcpClient client)
    {
        var buffer = new byte[4000];
        return Encoding.UTF8.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer).AsTask().WaitAsync(Guard));
    }

    private static Socket Bound(IPEndPoint local)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(local);
        return socket;
    }
}
