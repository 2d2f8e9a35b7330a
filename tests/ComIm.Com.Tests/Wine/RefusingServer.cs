using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ComIm.Com.Tests.Wine;

/// <summary>A SIP server over TCP that refuses every request, and says why in the header fields of diagnostics.</summary>
internal sealed class RefusingServer : IAsyncDisposable
{
    private const int Length = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public RefusingServer()
    {
        _listener.Start();
        _work = ServeAsync();
    }

    public string Address => _listener.LocalEndpoint.ToString()!;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            await using var stream = client.GetStream();
            var received = new StringBuilder();
            var buffer = new byte[Length];
            while (await stream.ReadAsync(buffer, _stop.Token) is > 0 and var count)
            {
                received.Append(Encoding.UTF8.GetString(buffer, 0, count));
                if (received.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
                {
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(Refuse(received.ToString())), _stop.Token);
                    received.Clear();
                }
            }
        }
    }

    private static string Refuse(string request)
    {
        string[] copied = ["Via:", "From:", "To:", "Call-ID:", "CSeq:"];
        var lines = request.Split("\r\n").Where(line => copied.Any(c => line.StartsWith(c, StringComparison.OrdinalIgnoreCase)))
            .Select(line => line.StartsWith("To:", StringComparison.OrdinalIgnoreCase) ? line + ";tag=refused" : line);
        return string.Join(
            "\r\n",
            [
                "SIP/2.0 403 Forbidden", .. lines,
                "ms-diagnostics: 1007;reason=\"Too many devices\";source=\"sip.example.com\";errorcode=12",
                "Warning: 399 sip.example.com \"Come again, later\"", "Content-Length: 0", "", "",
            ]);
    }
}
