using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ComIm.TestKit;

/// <summary>
/// A UDP socket that answers every request with 200 and keeps its bytes as they came: it reads no SIP, so that a forged header field or
/// a second message in a datagram cannot hide from it.
/// </summary>
public sealed class RecordingServer : IDisposable
{
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly ConcurrentQueue<string> _datagrams = new();

    /// <summary>Begins to answer.</summary>
    public RecordingServer() => _ = RunAsync();

    /// <summary>Where, as <c>host:port</c>.</summary>
    public string Address => _socket.Client.LocalEndPoint!.ToString()!;

    /// <summary>What has come, byte for byte, as Latin-1.</summary>
    public IReadOnlyList<string> Datagrams => [.. _datagrams];

    /// <summary>The heads of the requests, cut where the first empty line is.</summary>
    public IEnumerable<string> Heads => _datagrams.Select(d => d.Split("\r\n\r\n")[0]);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync().ConfigureAwait(false);
                var text = Encoding.Latin1.GetString(received.Buffer);
                if (text.Trim().Length == 0)
                {
                    continue;
                }

                _datagrams.Enqueue(text);
                if (!text.StartsWith("ACK ", StringComparison.Ordinal))
                {
                    await _socket.SendAsync(Encoding.Latin1.GetBytes(Answer(text)), received.RemoteEndPoint).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private static string Answer(string request)
    {
        var lines = request.Split("\r\n\r\n")[0].Split("\r\n");
        var copied = lines.Where(l => new[] { "Via:", "From:", "Call-ID:", "CSeq:", "Contact:" }.Any(n => l.StartsWith(n, StringComparison.Ordinal)));
        var to = lines.FirstOrDefault(l => l.StartsWith("To:", StringComparison.Ordinal)) ?? "To: <sip:nobody@example.com>";
        return $"SIP/2.0 200 OK\r\n{string.Join("\r\n", copied)}\r\n{(to.Contains("tag=", StringComparison.Ordinal) ? to : to + ";tag=t")}\r\nContent-Length: 0\r\n\r\n";
    }
}
