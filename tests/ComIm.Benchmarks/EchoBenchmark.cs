using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ComIm.Sip.Transport;

namespace ComIm.Benchmarks;

/// <summary>Bare sockets with the same bytes: the yardstick of what the machine gives in this run.</summary>
internal static class EchoBenchmark
{
    public static readonly int[] InFlight = [1, 16, 256];

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(2);

    public static async Task RunUdpAsync()
    {
        foreach (var inFlight in InFlight)
        {
            Figures.Print($"echo.udp.{inFlight}.rate", await RateAsync(SipTransportKind.Udp, inFlight, Usual), "/s");
        }
    }

    public static async Task RunTcpAsync()
    {
        foreach (var inFlight in InFlight)
        {
            Figures.Print($"echo.tcp.{inFlight}.rate", await RateAsync(SipTransportKind.Tcp, inFlight, Usual), "/s");
        }
    }

    /// <summary>Round trips a second between two bare sockets.</summary>
    public static Task<double> RateAsync(SipTransportKind kind, int inFlight, TimeSpan duration) =>
        kind == SipTransportKind.Udp ? UdpAsync(inFlight, duration) : TcpAsync(inFlight, duration);

    private static async Task<double> UdpAsync(int inFlight, TimeSpan duration)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 << 20 };
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 << 20 };
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        client.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = server.LocalEndPoint!.Serialize();
        using var stop = new CancellationTokenSource();
        var echo = Task.Run(async () =>
        {
            var buffer = new byte[2048];
            var from = new SocketAddress(AddressFamily.InterNetwork);
            while (!stop.IsCancellationRequested)
            {
                await server.ReceiveFromAsync(buffer, SocketFlags.None, from, stop.Token);
                await server.SendToAsync(Samples.Response.AsMemory(), SocketFlags.None, from, stop.Token);
            }
        });
        var received = 0;
        var clock = Stopwatch.GetTimestamp();
        var pump = Task.Run(async () =>
        {
            var buffer = new byte[2048];
            var from = new SocketAddress(AddressFamily.InterNetwork);
            for (var i = 0; i < inFlight; i++)
            {
                await client.SendToAsync(Samples.Message.AsMemory(), SocketFlags.None, address);
            }

            while (Stopwatch.GetElapsedTime(clock) < duration)
            {
                await client.ReceiveFromAsync(buffer, SocketFlags.None, from, stop.Token);
                received++;
                await client.SendToAsync(Samples.Message.AsMemory(), SocketFlags.None, address);
            }
        });
        await pump;
        var rate = received / Stopwatch.GetElapsedTime(clock).TotalSeconds;
        await stop.CancelAsync();
        await Ignore(echo);
        return rate;
    }

    private static async Task<double> TcpAsync(int inFlight, TimeSpan duration)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(listener.LocalEndPoint!);
        using var server = await listener.AcceptAsync();
        server.NoDelay = true;
        using var stop = new CancellationTokenSource();
        var echo = Task.Run(() => AnswerAsync(server, Samples.Message.Length, Samples.Response, stop.Token));
        for (var i = 0; i < inFlight; i++)
        {
            await client.SendAsync(Samples.Message);
        }

        // One message a call on both sides, as a stack that handles each by itself must do.
        var received = 0;
        var clock = Stopwatch.GetTimestamp();
        var buffer = new byte[Samples.Response.Length];
        while (Stopwatch.GetElapsedTime(clock) < duration)
        {
            await ReceiveExactlyAsync(client, buffer, default);
            received++;
            await client.SendAsync(Samples.Message);
        }

        var rate = received / Stopwatch.GetElapsedTime(clock).TotalSeconds;
        await stop.CancelAsync();
        await Ignore(echo);
        return rate;
    }

    private static async Task AnswerAsync(Socket socket, int requestLength, byte[] response, CancellationToken stop)
    {
        var buffer = new byte[requestLength];
        while (true)
        {
            await ReceiveExactlyAsync(socket, buffer, stop);
            await socket.SendAsync(response, stop);
        }
    }

    private static async Task ReceiveExactlyAsync(Socket socket, byte[] buffer, CancellationToken stop)
    {
        for (var got = 0; got < buffer.Length;)
        {
            got += await socket.ReceiveAsync(buffer.AsMemory(got), stop);
        }
    }

    private static async Task Ignore(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // The echo ends by being told to.
        }
    }
}
