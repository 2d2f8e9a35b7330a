using System.Net;
using System.Net.Sockets;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Transport;

/// <summary>
/// UDP (RFC 3261 section 18): one socket, one receive loop. A sender that is faster than the network waits for the
/// socket; what a peer cannot take is lost on the way, and the transactions send it again.
/// </summary>
public sealed class UdpTransport : ISipTransport
{
    private const int MaxDatagram = 65_535;

    // What bursts of a few thousand messages need; the system may give less.
    private const int SocketBuffer = 4 * 1024 * 1024;

    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();

    private readonly Socket _socket;
    private readonly SipLimits _limits;
    private readonly SocketAddressCache _addresses = new();
    private readonly CancellationTokenSource _stop = new();
    private bool _isDisposed;
    private Task _loop = Task.CompletedTask;

    /// <summary>Binds a socket.</summary>
    /// <param name="local">Address and port; port 0 takes a free one.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="SocketException">The port is taken or the address is not this host's.</exception>
    public UdpTransport(IPEndPoint local, SipTransportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(local);
        _limits = (options ?? SipTransportOptions.Default).MessageLimits;
        _socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.ReceiveBufferSize = SocketBuffer;
            _socket.SendBufferSize = SocketBuffer;
            ReportUnreachablePorts(_socket, local.AddressFamily);
            _socket.Bind(local);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        LocalEndPoint = (IPEndPoint)_socket.LocalEndPoint!;
    }

    /// <inheritdoc/>
    public SipTransportKind Kind => SipTransportKind.Udp;

    /// <inheritdoc/>
    public IPEndPoint LocalEndPoint { get; }

    /// <inheritdoc/>
    public void Start(ISipTransportReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        _loop = Task.Run(() => ReceiveAsync(receiver));
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(SipTarget target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        var remote = target.EndPoint;
        try
        {
            await SendOnceAsync(remote, bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
        {
            // The report of an earlier datagram, whose target may have been another: this one has not been sent.
            await SendAgainAsync(remote, bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new SipTransportException($"No datagram can be sent to {remote}: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> PingAsync(SipTarget target, CancellationToken cancellationToken = default)
    {
        await SendAsync(target, LineEnd, cancellationToken).ConfigureAwait(false);
        return false;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async ValueTask SendAgainAsync(IPEndPoint remote, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await SendOnceAsync(remote, bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new SipTransportException($"No datagram can be sent to {remote}: {e.Message}", e);
        }
    }

    private async ValueTask SendOnceAsync(IPEndPoint remote, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await _socket.SendToAsync(bytes, SocketFlags.None, _addresses.Of(remote), cancellationToken).ConfigureAwait(false);

    private async Task ReceiveAsync(ISipTransportReceiver receiver)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(MaxDatagram);
        var from = new SocketAddress(_socket.AddressFamily);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var count = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, from, _stop.Token).ConfigureAwait(false);
                var bytes = buffer.AsSpan(0, count);
                if (SipParser.SkipLineEnds(bytes) < bytes.Length)
                {
                    receiver.OnReceived(this, _addresses.Of(from), SipParser.ParseDatagram(bytes.ToArray(), _limits));
                }
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e) when (_stop.IsCancellationRequested || e.SocketErrorCode == SocketError.OperationAborted)
            {
                return;
            }
            catch (SocketException e)
            {
                receiver.OnFailed(this, null, new SipTransportException("The network says that the port is unreachable.", e));
            }
        }
    }

    /// <summary>Has the system tell of ICMP "port unreachable" (RFC 3261 section 18.4), as Windows does by itself.</summary>
    private static void ReportUnreachablePorts(Socket socket, AddressFamily family)
    {
        if (OperatingSystem.IsLinux())
        {
            // IP_RECVERR at IPPROTO_IP, IPV6_RECVERR at IPPROTO_IPV6 of <linux/in.h> and <linux/in6.h>.
            var (level, option) = family == AddressFamily.InterNetwork ? (0, 11) : (41, 25);
            socket.SetRawSocketOption(level, option, BitConverter.GetBytes(1));
        }
    }
}
