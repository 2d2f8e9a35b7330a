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
    private readonly UnreachablePorts _unreachable;
    private ISipTransportReceiver? _receiver;
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
        _unreachable = new UnreachablePorts(_socket);
        try
        {
            _socket.ReceiveBufferSize = SocketBuffer;
            _socket.SendBufferSize = SocketBuffer;
            _unreachable.Enable();
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
        _receiver = receiver;
        _loop = Task.Factory.StartNew(Receive, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
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
            // The report of an earlier datagram, whose target may have been another: this one has not been sent. The sender may hold
            // locks, and those who are told take theirs.
            ThreadPool.UnsafeQueueUserWorkItem(static t => t.ReportUnreachable(e: null), this, preferLocal: false);
            _socket.SendTo(bytes, SocketFlags.None, address);
        }
    }

    private void Receive()
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
                    _receiver!.OnReceived(this, _addresses.Of(from), SipParser.ParseDatagram(bytes.ToArray(), _limits));
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
                ReportUnreachable(e);
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

    private void ReportUnreachable(SocketException? e)
    {
        var cause = new SipTransportException("The network says that the port is unreachable.", e);
        foreach (var remote in _unreachable.Take())
        {
            _receiver?.OnFailed(this, remote, cause);
        }

        if (e is not null && !UnreachablePorts.HaveAddresses)
        {
            _receiver?.OnFailed(this, null, cause);
        }
    }
}
