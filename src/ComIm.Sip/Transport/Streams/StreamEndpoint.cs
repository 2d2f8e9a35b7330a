using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Transport.Streams;

/// <summary>
/// What TCP and TLS have in common: a listener, connections made and taken, and their table. The upgrade is all that
/// differs.
/// </summary>
internal sealed class StreamEndpoint : IAsyncDisposable
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(100);

    private readonly ISipTransport _transport;
    private readonly IStreamUpgrade _upgrade;
    private readonly SipTransportOptions _options;
    private readonly Socket _listener;
    private readonly ConnectionTable _connections;
    private readonly IncompleteBytes _incomplete;
    private readonly ConcurrentDictionary<(IPEndPoint Remote, string? HostName), Lazy<Task<StreamConnection>>> _connecting = new();
    private readonly ConcurrentDictionary<Task, bool> _loops = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly bool _listens;
    private bool _isDisposed;
    private ISipTransportReceiver? _receiver;
    private ITimer? _checks;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Binds; listens from <see cref="Start"/> on where it is to.</summary>
    /// <exception cref="SocketException">The port is taken or the address is not this host's.</exception>
    public StreamEndpoint(ISipTransport transport, IPEndPoint local, IStreamUpgrade upgrade, bool listens, SipTransportOptions options)
    {
        _transport = transport;
        _upgrade = upgrade;
        _listens = listens;
        _options = options;
        _connections = new ConnectionTable(options.Limits);
        _incomplete = new IncompleteBytes(options.Limits.MaxIncompleteBytes);
        _listener = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // A server that is restarted takes its port again at once: outside Windows Bind itself sees to that. (ReuseAddress would let two
            // servers share the port, on Windows as elsewhere: .NET sets SO_REUSEPORT as well.)
            _listener.Bind(local);
            if (listens)
            {
                _listener.Listen(512);
            }
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        LocalEndPoint = (IPEndPoint)_listener.LocalEndPoint!;
    }

    public IPEndPoint LocalEndPoint { get; }

    /// <summary>How many connections are open; for health figures and tests.</summary>
    public int ConnectionCount => _connections.All.Count;

    public void Start(ISipTransportReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        _receiver = receiver;
        _checks = _options.TimeProvider.CreateTimer(static e => ((StreamEndpoint)e!).CheckTimeouts(), this, CheckInterval, CheckInterval);
        _accepting = _listens ? Task.Run(AcceptAsync) : Task.CompletedTask;
    }

    public ValueTask SendAsync(SipTarget target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        return _connections.TryFind(target, out var connection)
            ? connection.SendAsync(bytes, cancellationToken)
            : ConnectAndSendAsync(target, bytes, cancellationToken);
    }

    public ValueTask<bool> PingAsync(SipTarget target, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        return _connections.TryFind(target, out var connection) ? connection.PingAsync(cancellationToken) : throw NoFlow(target);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        if (_checks is not null)
        {
            await _checks.DisposeAsync().ConfigureAwait(false);
        }

        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_connections.All.Select(c => c.DisposeAsync().AsTask())).ConfigureAwait(false);
        await Task.WhenAll(_loops.Keys).ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>
    /// Where nobody listens at a port from which the system takes those of clients, a socket of this host may be given just that one,
    /// and then TCP connects it to itself.
    /// </summary>
    internal static bool IsConnectedToItself(Socket socket) => socket.LocalEndPoint!.Equals(socket.RemoteEndPoint);

    private static SipTransportException NoFlow(SipTarget target) =>
        new($"The connection to {target} is no longer open.", null, SipTransportFault.FlowClosed);

    private void ThrowIfClosed()
    {
        if (_stop.IsCancellationRequested)
        {
            throw new SipTransportException("The transport is closed.", null, SipTransportFault.Closed);
        }
    }

    private async ValueTask ConnectAndSendAsync(SipTarget target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (target.IsFlow)
        {
            throw NoFlow(target);
        }

        // Those who want the same connection at the same time get the same one. One who gives up does not take it from the rest.
        var key = (target.EndPoint, target.HostName);
        var entry = _connecting.GetOrAdd(key, _ => new Lazy<Task<StreamConnection>>(() => ConnectAsync(target)));
        try
        {
            var connection = await entry.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
            await connection.SendAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (entry.Value.IsCompleted)
            {
                _connecting.TryRemove(KeyValuePair.Create(key, entry));
            }
        }
    }

    private async Task<StreamConnection> ConnectAsync(SipTarget target)
    {
        using var timeout = new CancellationTokenSource(_options.Limits.ConnectTimeout, _options.TimeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stop.Token);
        var socket = new Socket(target.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target.EndPoint, stop.Token).ConfigureAwait(false);
            if (IsConnectedToItself(socket))
            {
                throw new SocketException((int)SocketError.ConnectionRefused);
            }

            var stream = new NetworkStream(socket, ownsSocket: true);
            var upgraded = await _upgrade.ConnectAsync(stream, target, stop.Token).ConfigureAwait(false);
            var connection = Open(upgraded, target.EndPoint, false);
            Track(Task.Run(() => RunAsync(connection)));
            return connection;
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is not (SocketException or OperationCanceledException or IOException or ObjectDisposedException))
            {
                throw;
            }

            ThrowIfClosed();
            var reason = timeout.IsCancellationRequested ? "nobody answers" : e.Message;
            throw new SipTransportException($"No connection can be made to {target}: {reason}", e, SipTransportFault.Unreachable);
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                Track(Task.Run(() => TakeAsync(socket)));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                // One connection failed before it was accepted; the listener goes on. Where the system has run out of
                // handles, it would fail again at once.
                await PauseAsync(e.SocketErrorCode).ConfigureAwait(false);
            }
        }
    }

    private async Task PauseAsync(SocketError error)
    {
        if (error is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
        {
            await Task.Delay(AcceptPause, _options.TimeProvider, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A connection that another has made, from its first byte to its end.</summary>
    private async Task TakeAsync(Socket socket)
    {
        // A peer that is gone already has no address any more.
        if (RemoteOf(socket) is not { } remote || !_connections.TryEnter(remote.Address))
        {
            socket.Dispose();
            return;
        }

        try
        {
            socket.NoDelay = true;
            await RunAsync(Open(await UpgradeAsync(socket, remote).ConfigureAwait(false), remote, true)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SipTransportException or OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The handshake failed: nothing of SIP has come, so nobody waits for anything from there.
            socket.Dispose();
        }
        finally
        {
            _connections.Leave(remote.Address);
        }
    }

    private async Task<UpgradedStream> UpgradeAsync(Socket socket, IPEndPoint remote)
    {
        using var timeout = new CancellationTokenSource(_options.Limits.FirstMessageTimeout, _options.TimeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stop.Token);
        return await _upgrade.AcceptAsync(new NetworkStream(socket, ownsSocket: true), remote, stop.Token).ConfigureAwait(false);
    }

    private static IPEndPoint? RemoteOf(Socket socket)
    {
        try
        {
            return (IPEndPoint?)socket.RemoteEndPoint;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private StreamConnection Open(UpgradedStream upgraded, IPEndPoint remote, bool isInbound)
    {
        // Only a peer that has proved a name may have requests for that name sent its way (RFC 5923 section 9.1).
        var connection = new StreamConnection(upgraded, remote, isInbound, _transport, _options)
        {
            IncompleteBytes = isInbound ? _incomplete : null,
            AliasOffered = isInbound && upgraded.PeerNames is { Count: > 0 } ? OnAliasOffered : null,
        };
        _connections.Add(connection);
        return connection;
    }

    private void OnAliasOffered(StreamConnection connection, ViaHeader via)
    {
        var port = via.SentBy.Port ?? SipTarget.DefaultPortOf(_transport.Kind);
        _connections.AddAlias(new IPEndPoint(connection.Remote.Address, port), connection);
    }

    private async Task RunAsync(StreamConnection connection)
    {
        try
        {
            // Closing takes what is in the table; what comes into it later sees the mark here.
            if (!_stop.IsCancellationRequested)
            {
                await connection.ReceiveAsync(_receiver!).ConfigureAwait(false);
            }
        }
        finally
        {
            _connections.Remove(connection);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Track(Task loop)
    {
        _loops[loop] = true;
        loop.ContinueWith(t => _loops.TryRemove(t, out _), TaskScheduler.Default);
    }

    private void CheckTimeouts()
    {
        foreach (var connection in _connections.All)
        {
            connection.CheckTimeouts();
        }
    }
}
