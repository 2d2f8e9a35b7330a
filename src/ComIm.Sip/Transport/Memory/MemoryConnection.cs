using System.Net;

namespace ComIm.Sip.Transport.Memory;

/// <summary>
/// A connection between two transports of a <see cref="MemoryNetwork"/>: a framer for each direction, and the order of
/// what is under way.
/// </summary>
internal sealed class MemoryConnection
{
    private readonly MemoryTransport _client;
    private readonly MemoryTransport _server;
    private readonly IPEndPoint _clientEndPoint;
    private readonly SipStreamFramer _toClient;
    private readonly SipStreamFramer _toServer;
    private long _lastToClient;
    private long _lastToServer;
    private bool _isEnded;

    public MemoryConnection(MemoryTransport client, IPEndPoint clientEndPoint, MemoryTransport server)
    {
        _client = client;
        _clientEndPoint = clientEndPoint;
        _server = server;
        _toClient = new SipStreamFramer(client.Options.MessageLimits);
        _toServer = new SipStreamFramer(server.Options.MessageLimits);
        server.Accept(clientEndPoint, this);
    }

    public bool Touches(IPAddress address) => _clientEndPoint.Address.Equals(address) || _server.LocalEndPoint.Address.Equals(address);

    /// <summary>When something sent now arrives: never before what was sent earlier.</summary>
    public long InOrder(MemoryTransport from, long due)
    {
        ref var last = ref (from == _client ? ref _lastToServer : ref _lastToClient);
        return last = Math.Max(last, due);
    }

    /// <summary>Bytes have arrived at the end that is not the sender's.</summary>
    public void Arrive(MemoryTransport from, byte[] bytes, int maxRead)
    {
        var framer = from == _client ? _toServer : _toClient;
        var (receiver, remote) = from == _client ? (_server, _clientEndPoint) : (_client, _server.LocalEndPoint);
        for (var rest = bytes.AsMemory(); !rest.IsEmpty && !_isEnded && !framer.IsBroken;)
        {
            var read = rest[..Math.Min(maxRead, rest.Length)];
            rest = rest[read.Length..];
            framer.Feed(read.Span);
            while (framer.TryRead(out var result))
            {
                receiver.Receive(remote, result);
            }
        }

        receiver.AnswerPings(this, framer.TakeLineEnds());
        if (framer.IsBroken)
        {
            receiver.Drop(this);
        }
    }

    /// <summary>The connection has ended; whoever did not do it learns it.</summary>
    public void End(MemoryTransport? by)
    {
        _isEnded = true;
        _client.Forget(_server.LocalEndPoint, this, by != _client);
        _server.Forget(_clientEndPoint, this, by != _server);
    }
}
