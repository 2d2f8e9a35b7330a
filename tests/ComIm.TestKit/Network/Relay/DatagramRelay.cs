using System.Net;
using System.Net.Sockets;

namespace ComIm.TestKit;

/// <summary>
/// Stands between one client and its server on the datagrams of both: the client sends to <see cref="Front"/>, and for the server
/// and everybody else it is at <see cref="Back"/>.
/// </summary>
public sealed class DatagramRelay : IAsyncDisposable
{
    private const int MaxDatagram = 65_535;

    private readonly Socket _front = Bound();
    private readonly Socket _back = Bound();
    private readonly CancellationTokenSource _closing = new();
    private readonly IPEndPoint _server;
    private readonly Task _loops;
    private EndPoint? _client;

    /// <summary>Begins to relay.</summary>
    /// <param name="server">Where what the client sends goes.</param>
    /// <param name="seed">Of the dice.</param>
    public DatagramRelay(IPEndPoint server, int seed)
    {
        _server = server;
        Dice = new RelayDice(seed);
        _loops = Task.WhenAll(Task.Run(() => RelayAsync(_front, isOfClient: true)), Task.Run(() => RelayAsync(_back, isOfClient: false)));
    }

    /// <summary>What becomes of the datagrams.</summary>
    public RelayDice Dice { get; }

    /// <summary>The server, for the client.</summary>
    public IPEndPoint Front => (IPEndPoint)_front.LocalEndPoint!;

    /// <summary>The client, for everybody else.</summary>
    public IPEndPoint Back => (IPEndPoint)_back.LocalEndPoint!;

    /// <summary>Stops; what is on its way is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _loops.ConfigureAwait(false);
        _front.Dispose();
        _back.Dispose();
        _closing.Dispose();
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private async Task RelayAsync(Socket from, bool isOfClient)
    {
        var buffer = new byte[MaxDatagram];
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var received = await from.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _closing.Token).ConfigureAwait(false);
                if (isOfClient)
                {
                    Volatile.Write(ref _client, received.RemoteEndPoint);
                }

                var bytes = buffer[..received.ReceivedBytes];
                foreach (var delay in Dice.ThrowForDatagram())
                {
                    _ = isOfClient ? PassAsync(_back, bytes, _server, delay) : PassAsync(_front, bytes, Volatile.Read(ref _client), delay);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // The report of an earlier datagram that nobody took.
            }
        }
    }

    private async Task PassAsync(Socket to, byte[] bytes, EndPoint? target, TimeSpan delay)
    {
        try
        {
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, TimeProvider.System, _closing.Token).ConfigureAwait(false);
            }

            if (target is not null)
            {
                await to.SendToAsync(bytes, target, _closing.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Lost, as datagrams are.
        }
    }
}
