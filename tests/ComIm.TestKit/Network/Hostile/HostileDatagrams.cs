using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ComIm.TestKit;

/// <summary>Answers every datagram with many that make no sense: random bytes, requests cut short, responses to what nobody asked.</summary>
public sealed class HostileDatagrams : IAsyncDisposable
{
    private const int AnswersEach = 50;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _closing = new();
    private readonly Random _random;
    private readonly Task _loop;

    /// <summary>Begins to listen.</summary>
    /// <param name="seed">Of what it answers.</param>
    public HostileDatagrams(int seed)
    {
        _random = new Random(seed);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _loop = Task.Run(AnswerAsync);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>How many datagrams it has sent.</summary>
    public int Sent { get; private set; }

    /// <summary>Closes it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _socket.Dispose();
        _closing.Dispose();
    }

    private async Task AnswerAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _closing.Token).ConfigureAwait(false);
                for (var i = 0; i < AnswersEach; i++)
                {
                    await _socket.SendToAsync(Garbage(buffer.AsSpan(0, received.ReceivedBytes)), received.RemoteEndPoint, _closing.Token).ConfigureAwait(false);
                    Sent++;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private byte[] Garbage(ReadOnlySpan<byte> request)
    {
        switch (_random.Next(5))
        {
            case 0:
                var noise = new byte[_random.Next(1, 2000)];
                _random.NextBytes(noise);
                return noise;
            case 1:
                return request[.._random.Next(request.Length)].ToArray();
            case 2:
                return Encoding.ASCII.GetBytes("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKnobody\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n");
            case 3:
                // A response to it, but for a number that is none.
                var text = Encoding.ASCII.GetString(request);
                return Encoding.ASCII.GetBytes(string.Concat("SIP/2.0 200 OK\r\n", text.AsSpan(text.IndexOf('\n', StringComparison.Ordinal) + 1)).Replace("CSeq: ", "CSeq: x", StringComparison.Ordinal));
            default:
                return Encoding.ASCII.GetBytes($"SIP/2.0 {_random.Next(0, 100_000)} \r\nContent-Length: -{_random.Next()}\r\n\r\n");
        }
    }
}
