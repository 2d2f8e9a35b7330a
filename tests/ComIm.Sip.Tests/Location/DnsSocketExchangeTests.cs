using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using ComIm.Sip.Location;
using ComIm.TestKit;

namespace ComIm.Sip.Tests.Location;

public sealed class DnsSocketExchangeTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);
    private static readonly DnsQuery Query = DnsQuery.Create(new DnsQuestion("a", DnsRecordType.A), useEdns: true)!;

    [Fact]
    public async Task Ask_StrangersGuessesFirst_TheRealAnswerIsTaken()
    {
        using var server = Udp();
        var asking = AskAsync(server);
        var (_, from) = await ReceiveAsync(server);
        foreach (var guess in new[]
        {
            Answer((ushort)(Query.Id + 1), "a", 66), Answer(Query.Id, "b", 66), [1, 2, 3], [],
            DnsBytes.ResponseTo("a", 1, answers: 9, id: Query.Id).ToArray(),
        })
        {
            await server.SendToAsync(guess, from);
        }

        await server.SendToAsync(Answer(Query.Id, "A", 1), from);
        Assert.Equal(IPAddress.Parse("192.0.2.1"), (await asking.WaitAsync(Guard)).Answers[0].Data);
    }

    [Fact]
    public async Task Ask_FloodOfGuesses_GivesUp()
    {
        using var server = Udp();
        var asking = AskAsync(server);
        var (_, from) = await ReceiveAsync(server);
        while (!asking.IsCompleted)
        {
            await server.SendToAsync(Answer((ushort)(Query.Id + 1), "a", 66), from);
        }

        await Assert.ThrowsAsync<IOException>(() => asking.WaitAsync(Guard));
    }

    [Fact]
    public async Task Ask_ManyTimes_PortsDiffer()
    {
        using var server = Udp();
        var ports = new HashSet<int>();
        for (var run = 0; run < 20; run++)
        {
            var asking = AskAsync(server);
            var (_, from) = await ReceiveAsync(server);
            ports.Add(((IPEndPoint)from).Port);
            await server.SendToAsync(Answer(Query.Id, "a", 1), from);
            await asking.WaitAsync(Guard);
        }

        Assert.InRange(ports.Count, 15, 20);
        Assert.True(ports.Max() - ports.Min() > 1000);
    }

    [Fact]
    public async Task Ask_NobodyListens_SaysSoAtOnce()
    {
        var target = new IPEndPoint(IPAddress.Loopback, FreePort.Udp());
        await Assert.ThrowsAsync<SocketException>(() => new DnsSocketExchange().AskAsync(target, Query, default).WaitAsync(Guard));
    }

    [Fact]
    public async Task Ask_Truncated_AsksAgainOverTcpAndReadsThePieces()
    {
        var (udp, tcp) = UdpAndTcp();
        using var _ = udp;
        using var __ = tcp;
        var asking = AskAsync(udp);
        var stream = await TruncateAsync(udp, tcp);
        var answer = Answer(Query.Id, "a", 1);
        byte[] framed = [(byte)(answer.Length >> 8), (byte)answer.Length, .. answer];
        foreach (var b in framed)
        {
            await stream.WriteAsync(new[] { b });
        }

        Assert.Equal(IPAddress.Parse("192.0.2.1"), (await asking.WaitAsync(Guard)).Answers[0].Data);
    }

    [Theory]
    [InlineData("0005" + "010203")]
    [InlineData("0000")]
    [InlineData("00")]
    [InlineData("0003" + "010203")]
    public async Task Ask_NonsenseOverTcp_SaysSo(string hex)
    {
        var (udp, tcp) = UdpAndTcp();
        using var _ = udp;
        using var __ = tcp;
        var asking = AskAsync(udp);
        await using (var stream = await TruncateAsync(udp, tcp))
        {
            await stream.WriteAsync(Convert.FromHexString(hex));
        }

        await Assert.ThrowsAnyAsync<IOException>(() => asking.WaitAsync(Guard));
    }

    [Fact]
    public async Task Ask_TruncatedOverTcpToo_SaysSo()
    {
        var (udp, tcp) = UdpAndTcp();
        using var _ = udp;
        using var __ = tcp;
        var asking = AskAsync(udp);
        await using var stream = await TruncateAsync(udp, tcp);
        var answer = Truncated();
        await stream.WriteAsync((byte[])[0, (byte)answer.Length, .. answer]);
        await Assert.ThrowsAnyAsync<IOException>(() => asking.WaitAsync(Guard));
    }

    private static Task<DnsMessage> AskAsync(Socket server) =>
        new DnsSocketExchange().AskAsync((IPEndPoint)server.LocalEndPoint!, Query, CancellationToken.None);

    private static byte[] Answer(ushort id, string name, byte last) =>
        DnsBytes.ResponseTo(name, 1, answers: 1, id: id).Record(name, 1, 60, d => d.Raw(192, 0, 2, last)).ToArray();

    private static byte[] Truncated() => DnsBytes.ResponseTo("a", 1, id: Query.Id, flags: 0x8380).ToArray();

    /// <summary>Answers the datagram as truncated and takes the query that comes over TCP.</summary>
    private static async Task<NetworkStream> TruncateAsync(Socket udp, TcpListener tcp)
    {
        var (_, from) = await ReceiveAsync(udp);
        await udp.SendToAsync(Truncated(), from);
        var stream = new NetworkStream(await tcp.AcceptSocketAsync().WaitAsync(Guard), ownsSocket: true);
        var length = new byte[2];
        await stream.ReadExactlyAsync(length).AsTask().WaitAsync(Guard);
        var query = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(query).AsTask().WaitAsync(Guard);
        Assert.Equal(Query.Bytes.ToArray(), query);
        return stream;
    }

    private static async Task<(byte[] Query, EndPoint From)> ReceiveAsync(Socket server)
    {
        var buffer = new byte[512];
        var received = await server.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0)).WaitAsync(Guard);
        return (buffer[..received.ReceivedBytes], received.RemoteEndPoint);
    }

    private static Socket Udp(int port = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private static (Socket Udp, TcpListener Tcp) UdpAndTcp()
    {
        for (var attempt = 1; ; attempt++)
        {
            var tcp = new TcpListener(IPAddress.Loopback, 0);
            tcp.Start();
            try
            {
                return (Udp(((IPEndPoint)tcp.LocalEndpoint).Port), tcp);
            }
            catch (SocketException) when (attempt < 5)
            {
                tcp.Dispose();
            }
        }
    }
}
