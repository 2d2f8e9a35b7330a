using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ComIm.Sip.Location;

/// <summary>Asks over UDP, from a new random port each time (RFC 5452 section 9.2), and over TCP what did not fit.</summary>
internal sealed class DnsSocketExchange : IDnsExchange
{
    // More than any server sends to who announces DnsQuery.UdpPayload.
    private const int MaxDatagram = 4096;

    // Datagrams that do not fit the query are strangers' guesses; so many of them are an attack.
    private const int MaxStrays = 64;

    private const int FirstPort = 10_000;
    private const int LastPort = 65_535;
    private const int BindAttempts = 8;

    /// <inheritdoc/>
    public async Task<DnsMessage> AskAsync(IPEndPoint server, DnsQuery query, CancellationToken cancellationToken)
    {
        var message = await AskDatagramAsync(server, query, cancellationToken).ConfigureAwait(false);
        return message.IsTruncated ? await AskStreamAsync(server, query, cancellationToken).ConfigureAwait(false) : message;
    }

    private static async Task<DnsMessage> AskDatagramAsync(IPEndPoint server, DnsQuery query, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        BindToRandomPort(socket);

        // Connected, the socket takes datagrams from nobody else, and learns of a port that nobody listens on.
        await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
        await socket.SendAsync(query.Bytes, cancellationToken).ConfigureAwait(false);
        var buffer = new byte[MaxDatagram];
        for (var strays = 0; strays < MaxStrays; strays++)
        {
            var length = await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (DnsMessageReader.Read(buffer.AsSpan(0, length)) is { } message && query.IsAnsweredBy(message))
            {
                return message;
            }
        }

        throw new IOException($"The name server {server} answers what was not asked.");
    }

    // A length of two bytes stands before each message (RFC 1035 section 4.2.2).
    private static async Task<DnsMessage> AskStreamAsync(IPEndPoint server, DnsQuery query, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.NoDelay = true;
        await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
        using var stream = new NetworkStream(socket);
        var framed = new byte[sizeof(ushort) + query.Bytes.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)query.Bytes.Length);
        query.Bytes.CopyTo(framed.AsMemory(sizeof(ushort)));
        await stream.WriteAsync(framed, cancellationToken).ConfigureAwait(false);

        var length = new byte[sizeof(ushort)];
        await stream.ReadExactlyAsync(length, cancellationToken).ConfigureAwait(false);
        var bytes = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return DnsMessageReader.Read(bytes) is { IsTruncated: false } message && query.IsAnsweredBy(message)
            ? message
            : throw new IOException($"The name server {server} answers over TCP what was not asked.");
    }

    private static void BindToRandomPort(Socket socket)
    {
        var any = socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
        for (var attempt = 0; attempt < BindAttempts; attempt++)
        {
            try
            {
                socket.Bind(new IPEndPoint(any, RandomNumberGenerator.GetInt32(FirstPort, LastPort + 1)));
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Taken, or reserved by the system; another one.
            }
        }

        socket.Bind(new IPEndPoint(any, 0));
    }
}
