using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ComIm.TestKit;

/// <summary>
/// Stands between clients and a server on TCP connections, whatever goes over them: delays, cuts into pieces of any length, and
/// breaks connections with what is on its way.
/// </summary>
public sealed class StreamRelay : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<Socket, Socket> _pairs = new();
    private readonly IPEndPoint _server;
    private readonly Task _accepting;
    private int _connections;

    /// <summary>Begins to relay.</summary>
    /// <param name="server">Where connections go on to.</param>
    /// <param name="seed">Of the dice.</param>
    public StreamRelay(IPEndPoint server, int seed)
    {
        _server = server;
        Dice = new RelayDice(seed);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>What becomes of the pieces.</summary>
    public RelayDice Dice { get; }

    /// <summary>The server, for clients.</summary>
    public IPEndPoint Front => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>How many connections there have been.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Breaks every connection there is.</summary>
    public void Break()
    {
        foreach (var (client, server) in _pairs)
        {
            Break(client, server);
        }
    }

    /// <summary>Stops and breaks every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
        Break();
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await _listener.AcceptAsync(_closing.Token).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task RelayAsync(Socket client)
    {
        Interlocked.Increment(ref _connections);
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(_server, _closing.Token).ConfigureAwait(false);
            _pairs[client] = server;
            await Task.WhenAny(PumpAsync(client, server), PumpAsync(server, client)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // Nobody is there: the client's connection ends as well.
        }

        _pairs.TryRemove(client, out _);
        Break(client, server);
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _closing.Token).ConfigureAwait(false) is > 0 and var count)
            {
                for (var sent = 0; sent < count;)
                {
                    if (Dice.ThrowForPiece(count - sent) is not { } piece)
                    {
                        return;
                    }

                    if (piece.Delay > TimeSpan.Zero)
                    {
                        await Task.Delay(piece.Delay, TimeProvider.System, _closing.Token).ConfigureAwait(false);
                    }

                    await to.SendAsync(buffer.AsMemory(sent, piece.Length), _closing.Token).ConfigureAwait(false);
                    sent += piece.Length;
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Broken.
        }
    }

    private static void Break(Socket client, Socket server)
    {
        // At once, and without what has not been read.
        client.Close(0);
        server.Close(0);
    }
}
