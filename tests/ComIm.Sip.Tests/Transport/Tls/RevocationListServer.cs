using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ComIm.Sip.Tests.Transport.Tls;

/// <summary>Gives one file to everybody who asks by HTTP: what a certificate authority does with its list of those revoked.</summary>
internal sealed class RevocationListServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _loop;

    public RevocationListServer()
    {
        _listener.Start();
        _loop = ServeAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}/{Guid.NewGuid():N}.crl");

    public byte[] List { get; set; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                    // The request says nothing that matters.
                }

                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {List.Length}\r\nConnection: close\r\n\r\n"));
                await stream.WriteAsync(List);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // Closed, or the asker left.
        }
    }
}
