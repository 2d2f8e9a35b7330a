using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ComIm.TestKit;

/// <summary>Sends OPTIONS until a server answers, over UDP first and then over TCP. Bare sockets: it proves nothing of our own stack.</summary>
internal static class SipProbe
{
    private static readonly TimeSpan Retransmission = TimeSpan.FromMilliseconds(100);

    public static async Task UntilAnsweredAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        while (!await AnsweredAsync(ProtocolType.Udp, server, $"sip:{server}", "SIP/2.0 ", cancellationToken).ConfigureAwait(false))
        {
        }

        while (!await AnsweredAsync(ProtocolType.Tcp, server, $"sip:{server}", "SIP/2.0 ", cancellationToken).ConfigureAwait(false))
        {
        }
    }

    /// <summary>Asks a server for somebody until it says 200.</summary>
    public static async Task UntilFoundAsync(IPEndPoint server, string uri, CancellationToken cancellationToken)
    {
        using var look = new PeriodicTimer(Retransmission);
        while (!await AnsweredAsync(ProtocolType.Udp, server, uri, "SIP/2.0 200 ", cancellationToken).ConfigureAwait(false))
        {
            await look.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> AnsweredAsync(ProtocolType protocol, IPEndPoint server, string uri, string answerBegins, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Retransmission);
        try
        {
            using var socket = new Socket(
                AddressFamily.InterNetwork,
                protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream,
                protocol);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            await socket.ConnectAsync(server, patience.Token).ConfigureAwait(false);
            await socket.SendAsync(Options(protocol, socket, uri), patience.Token).ConfigureAwait(false);
            var answer = new byte[2048];
            var length = await socket.ReceiveAsync(answer, patience.Token).ConfigureAwait(false);
            return Encoding.ASCII.GetString(answer, 0, length).StartsWith(answerBegins, StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            // Nobody listens there yet: it is refused at once, and the rest of the interval is left for the server to come up.
            await UntilCanceledAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // No answer in time.
        }

        cancellationToken.ThrowIfCancellationRequested();
        return false;
    }

    private static async Task UntilCanceledAsync(CancellationToken cancellationToken)
    {
        var canceled = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(() => canceled.TrySetResult()).ConfigureAwait(false);
        await canceled.Task.ConfigureAwait(false);
    }

    private static byte[] Options(ProtocolType protocol, Socket socket, string uri) => Encoding.ASCII.GetBytes($"""
        OPTIONS {uri} SIP/2.0
        Via: SIP/2.0/{(protocol == ProtocolType.Udp ? "UDP" : "TCP")} {socket.LocalEndPoint};branch=z9hG4bK{Guid.NewGuid():N};rport
        Max-Forwards: 70
        From: <sip:probe@example.com>;tag={Guid.NewGuid():N}
        To: <{uri}>
        Call-ID: {Guid.NewGuid():N}
        CSeq: 1 OPTIONS
        Content-Length: 0


        """.ReplaceLineEndings("\r\n"));
}
