using System.Net;
using System.Net.Sockets;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Transport;

/// <summary>
/// UDP (RFC 3261 section 18): one socket and one thread that receives: the system wakes it up with the datagram itself, where a
/// wait of the thread pool would take a round through its event loop for every few. A sender that is faster than the network
/// waits for the socket; what a peer cannot take is lost on the way, and the transactions send it again.
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
    private bool _isStopping;
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
            ReportUnreachablePorts(_socket, true);
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
        _loop = Task.Factory.StartNew(
            () => Receive(receiver), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public ValueTask SendAsync(SipTarget target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        try
        {
            Send(target.EndPoint, bytes.Span);
            return ValueTask.CompletedTask;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            var fault = e is SocketException { SocketErrorCode: SocketError.MessageSize } ? SipTransportFault.TooLong : SipTransportFault.Other;
            return ValueTask.FromException(new SipTransportException($"No datagram can be sent to {target.EndPoint}: {e.Message}", e, fault));
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

        Volatile.Write(ref _isStopping, true);
        WakeUp();
        _socket.Dispose();
        await _loop.ConfigureAwait(false);
    }

    private void Send(IPEndPoint remote, ReadOnlySpan<byte> bytes)
    {
        var address = _addresses.Of(remote);
        try
        {
            _socket.SendTo(bytes, SocketFlags.None, address);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
        {
            // The report of an earlier datagram, whose target may have been another: this one has not been sent.
            ForgetReports();
            _socket.SendTo(bytes, SocketFlags.None, address);
        }
    }

    private void Receive(ISipTransportReceiver receiver)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(MaxDatagram);
        var from = new SocketAddress(_socket.AddressFamily);
        while (!Volatile.Read(ref _isStopping))
        {
            try
            {
                var count = _socket.ReceiveFrom(buffer, SocketFlags.None, from);
                var bytes = buffer.AsSpan(0, count);
                if (SipParser.SkipLineEnds(bytes) < bytes.Length)
                {
                    receiver.OnReceived(this, _addresses.Of(from), SipParser.ParseDatagram(bytes.ToArray(), _limits));
                }
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e) when (Volatile.Read(ref _isStopping) || e.SocketErrorCode == SocketError.OperationAborted)
            {
                return;
            }
            catch (SocketException e)
            {
                ForgetReports();
                receiver.OnFailed(this, null, new SipTransportException("The network says that the port is unreachable.", e));
            }
        }
    }

    /// <summary>A datagram to itself ends the wait of the receiving thread: not every system does that when a socket is closed.</summary>
    private void WakeUp()
    {
        var address = LocalEndPoint.Address;
        address = address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
        try
        {
            _socket.SendTo(LineEnd, new IPEndPoint(address, LocalEndPoint.Port));
        }
        catch (SocketException)
        {
            // Closing the socket ends it then.
        }
    }

    /// <summary>
    /// Linux keeps each report in the receive buffer until somebody reads it from a queue of its own; when they fill it, no datagram
    /// gets in any more. Asking for reports anew empties that queue.
    /// </summary>
    private void ForgetReports()
    {
        try
        {
            ReportUnreachablePorts(_socket, false);
            ReportUnreachablePorts(_socket, true);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The socket is being closed, and its queue with it.
        }
    }

    /// <summary>Has the system tell of ICMP "port unreachable" (RFC 3261 section 18.4), as Windows does by itself.</summary>
    private static void ReportUnreachablePorts(Socket socket, bool isOn)
    {
        if (OperatingSystem.IsLinux())
        {
            // IP_RECVERR at IPPROTO_IP, IPV6_RECVERR at IPPROTO_IPV6 of <linux/in.h> and <linux/in6.h>.
            var (level, option) = socket.AddressFamily == AddressFamily.InterNetwork ? (0, 11) : (41, 25);
            socket.SetRawSocketOption(level, option, BitConverter.GetBytes(isOn ? 1 : 0));
        }
    }
}
