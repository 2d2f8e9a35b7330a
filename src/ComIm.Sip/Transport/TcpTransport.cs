using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Transport;

/// <summary>
/// TCP (RFC 3261 section 18): listens, connects, and keeps one connection a peer, which both sides use for requests and
/// responses (RFC 5923).
/// </summary>
public sealed class TcpTransport : ISipTransport
{
    private readonly Socket _listener;
    private readonly SipLimits _limits;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<IPEndPoint, Lazy<Task<StreamConnection>>> _connections = new();
    private readonly ConcurrentDictionary<Task, bool> _loops = new();
    private ISipTransportReceiver? _receiver;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Binds a listener.</summary>
    /// <param name="local">Address and port; port 0 takes a free one.</param>
    /// <param name="limits">What is too much.</param>
    /// <exception cref="SocketException">The port is taken or the address is not this host's.</exception>
    public TcpTransport(IPEndPoint local, SipLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(local);
        _limits = limits ?? SipLimits.Default;
        _listener = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                // A server that is restarted takes its port again at once. (On Windows this would let two servers share it.)
                _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }

            _listener.Bind(local);
            _listener.Listen(512);
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        LocalEndPoint = (IPEndPoint)_listener.LocalEndPoint!;
    }

    /// <inheritdoc/>
    public SipTransportKind Kind => SipTransportKind.Tcp;

    /// <inheritdoc/>
    public IPEndPoint LocalEndPoint { get; }

    /// <inheritdoc/>
    public void Start(ISipTransportReceiver receiver)
    {
        _receiver = receiver;
        _accepting = Task.Run(AcceptAsync);
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(IPEndPoint remote, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        if (_stop.IsCancellationRequested)
        {
            throw new SipTransportException("The transport is closed.");
        }

        var entry = _connections.GetOrAdd(remote, r => new Lazy<Task<StreamConnection>>(() => ConnectAsync(r)));
        try
        {
            var connection = await entry.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
            connection.Send(bytes.Span);
        }
        catch (Exception e) when (e is SipTransportException or SocketException)
        {
            // The next attempt begins afresh.
            _connections.TryRemove(KeyValuePair.Create(remote, entry));
            throw e as SipTransportException ?? new SipTransportException($"No connection can be made to {remote}: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        foreach (var entry in _connections.Values)
        {
            if (entry.IsValueCreated && entry.Value.IsCompletedSuccessfully)
            {
                await (await entry.Value.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            }
        }

        await Task.WhenAll(_loops.Keys).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                var remote = (IPEndPoint)socket.RemoteEndPoint!;
                var connection = Open(socket, remote);
                _connections[remote] = new Lazy<Task<StreamConnection>>(Task.FromResult(connection));
                Run(connection);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // One connection failed before it was accepted; the listener goes on.
            }
        }
    }

    private async Task<StreamConnection> ConnectAsync(IPEndPoint remote)
    {
        var socket = new Socket(remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(remote, _stop.Token).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var connection = Open(socket, remote);
        Run(connection);
        return connection;
    }

    private StreamConnection Open(Socket socket, IPEndPoint remote)
    {
        socket.NoDelay = true;
        return new StreamConnection(new NetworkStream(socket, ownsSocket: true), remote, this, _limits);
    }

    private void Run(StreamConnection connection)
    {
        var loop = Task.Run(async () =>
        {
            await connection.ReceiveAsync(_receiver!).ConfigureAwait(false);
            if (!_stop.IsCancellationRequested)
            {
                _connections.TryRemove(connection.Remote, out _);
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        });
        _loops[loop] = true;
        loop.ContinueWith(t => _loops.TryRemove(t, out _), TaskScheduler.Default);
    }
}
