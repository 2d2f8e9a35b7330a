using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ComIm.TestKit;

/// <summary>Something that listens where a SIP server should be, and is none: on TCP, or on TLS where it has a certificate.</summary>
public sealed class HostileServer : IAsyncDisposable
{
    private const int BlockLength = 16 * 1024;

    private static readonly byte[] Head = Encoding.ASCII.GetBytes("SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bKx\r\nX-Long: ");
    private static readonly byte[] Announced = Encoding.ASCII.GetBytes("SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bKx\r\nContent-Length: 2147483647\r\n\r\n");

    private static readonly byte[] Page = Encoding.ASCII.GetBytes(
        "HTTP/1.1 400 Bad Request\r\nServer: web\r\nContent-Type: text/html\r\nContent-Length: 15\r\nConnection: close\r\n\r\n<h1>What?</h1>\r\n");

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _closing = new();
    private readonly HostileStream _kind;
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;
    private long _sent;
    private int _connections;

    /// <summary>Begins to listen.</summary>
    /// <param name="kind">What it does.</param>
    /// <param name="certificate">Its certificate with the key; null for no TLS.</param>
    public HostileServer(HostileStream kind, X509Certificate2? certificate = null)
    {
        (_kind, _certificate) = (kind, certificate);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>How many bytes somebody has taken, of all connections.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>How many connections there have been.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Closes all of it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        var all = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_closing.Token).ConfigureAwait(false);
                Interlocked.Increment(ref _connections);
                all.Add(ServeAsync(socket));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(all).ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        var network = new NetworkStream(socket, ownsSocket: true);
        await using (network.ConfigureAwait(false))
        {
            try
            {
                if (_certificate is null || _kind == HostileStream.Silent)
                {
                    await ActAsync(network).ConfigureAwait(false);
                    return;
                }

                var tls = new SslStream(network);
                await using (tls.ConfigureAwait(false))
                {
                    await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _closing.Token).ConfigureAwait(false);
                    await ActAsync(tls).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The other side has had enough, or the test has.
            }
        }
    }

    private async Task ActAsync(Stream stream)
    {
        switch (_kind)
        {
            case HostileStream.Silent:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _closing.Token).ConfigureAwait(false);
                break;
            case HostileStream.Random:
                await PourAsync(stream, Random.Shared.NextBytes).ConfigureAwait(false);
                break;
            case HostileStream.Web:
                await stream.ReadAtLeastAsync(new byte[1], 1, false, _closing.Token).ConfigureAwait(false);
                await SendAsync(stream, Page).ConfigureAwait(false);
                break;
            case HostileStream.EndlessHead:
                await SendAsync(stream, Head).ConfigureAwait(false);
                await PourAsync(stream, static block => Array.Fill(block, (byte)'x')).ConfigureAwait(false);
                break;
            case HostileStream.HugeBody:
                await SendAsync(stream, Announced).ConfigureAwait(false);
                await PourAsync(stream, static _ => { }).ConfigureAwait(false);
                break;
            case HostileStream.Dripping:
                for (var i = 0; i < Head.Length; i++)
                {
                    await SendAsync(stream, Head.AsMemory(i, 1)).ConfigureAwait(false);
                    await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, _closing.Token).ConfigureAwait(false);
                }

                break;
        }
    }

    private async Task PourAsync(Stream stream, Action<byte[]> fill)
    {
        var block = new byte[BlockLength];
        while (true)
        {
            fill(block);
            await SendAsync(stream, block).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(Stream stream, ReadOnlyMemory<byte> bytes)
    {
        await stream.WriteAsync(bytes, _closing.Token).ConfigureAwait(false);
        Interlocked.Add(ref _sent, bytes.Length);
    }
}
