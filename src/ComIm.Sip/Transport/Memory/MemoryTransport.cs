using System.Collections.Concurrent;
using System.Net;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Transport.Memory;

/// <summary>A transport on a <see cref="MemoryNetwork"/>; bound by <see cref="MemoryNetwork.Bind"/>.</summary>
public sealed class MemoryTransport : ISipTransport
{
    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();

    private readonly MemoryNetwork _network;
    private readonly ConcurrentDictionary<IPEndPoint, MemoryConnection> _connections = new();
    private readonly Lock _connecting = new();
    private ISipTransportReceiver? _receiver;
    private bool _isClosed;

    internal MemoryTransport(MemoryNetwork network, SipTransportKind kind, IPEndPoint local, SipTransportOptions options)
    {
        _network = network;
        Kind = kind;
        LocalEndPoint = local;
        Options = options;
    }

    /// <inheritdoc/>
    public SipTransportKind Kind { get; }

    /// <inheritdoc/>
    public IPEndPoint LocalEndPoint { get; }

    internal bool IsStream => Kind != SipTransportKind.Udp;

    internal SipTransportOptions Options { get; }

    /// <inheritdoc/>
    public void Start(ISipTransportReceiver receiver) => _receiver = receiver;

    /// <inheritdoc/>
    public ValueTask SendAsync(SipTarget target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfClosed();
        if (IsStream)
        {
            _network.SendStream(Connection(target), this, bytes.ToArray());
        }
        else
        {
            _network.SendDatagram(this, target.EndPoint, bytes.ToArray());
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Sends a keep-alive. It does not wait for the pong: here a connection that stands is alive.</summary>
    /// <param name="target">The other end of the flow.</param>
    /// <param name="cancellationToken">Not used.</param>
    public ValueTask<bool> PingAsync(SipTarget target, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        if (!IsStream)
        {
            _network.SendDatagram(this, target.EndPoint, LineEnd);
            return ValueTask.FromResult(false);
        }

        _network.SendStream(Connection(target with { IsFlow = true }), this, [.. LineEnd, .. LineEnd]);
        return ValueTask.FromResult(true);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _isClosed = true;
        _network.Unbind(this);
        foreach (var connection in _connections.Values)
        {
            _network.Close(connection, this);
        }

        return ValueTask.CompletedTask;
    }

    internal void Accept(IPEndPoint remote, MemoryConnection connection) => _connections[remote] = connection;

    internal void Forget(IPEndPoint remote, MemoryConnection connection, bool report)
    {
        if (_connections.TryRemove(KeyValuePair.Create(remote, connection)) && report)
        {
            Report(remote, new SipTransportException($"The connection to {remote} was lost.", null, SipTransportFault.ConnectionLost));
        }
    }

    internal void ReceiveDatagram(IPEndPoint remote, byte[] bytes)
    {
        if (SipParser.SkipLineEnds(bytes) < bytes.Length)
        {
            Receive(remote, SipParser.ParseDatagram(bytes, Options.MessageLimits));
        }
    }

    internal void Receive(IPEndPoint remote, SipParseResult result)
    {
        if (!_isClosed)
        {
            _receiver?.OnReceived(this, remote, result);
        }
    }

    internal void Report(IPEndPoint remote, SipTransportException cause)
    {
        if (!_isClosed)
        {
            _receiver?.OnFailed(this, remote, cause);
        }
    }

    internal void AnswerPings(MemoryConnection connection, int lineEnds)
    {
        for (var pings = lineEnds / 2; pings > 0 && !_isClosed; pings--)
        {
            _network.SendStream(connection, this, LineEnd);
        }
    }

    internal void Drop(MemoryConnection connection) => _network.Close(connection, this);

    private void ThrowIfClosed()
    {
        if (_isClosed)
        {
            throw new SipTransportException("The transport is closed.", null, SipTransportFault.Closed);
        }
    }

    private MemoryConnection Connection(SipTarget target)
    {
        lock (_connecting)
        {
            if (_connections.TryGetValue(target.EndPoint, out var connection))
            {
                return connection;
            }

            if (target.IsFlow)
            {
                throw new SipTransportException($"The connection to {target} is no longer open.", null, SipTransportFault.FlowClosed);
            }

            return _connections[target.EndPoint] = _network.Connect(this, target);
        }
    }
}
