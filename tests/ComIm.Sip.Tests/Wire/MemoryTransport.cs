using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Tests.Wire;

/// <summary>One end of a <see cref="MemoryWire"/>.</summary>
internal sealed class MemoryTransport(MemoryWire wire, IPEndPoint local, SipTransportKind kind) : ISipTransport
{
    private ISipTransportReceiver? _receiver;

    public SipTransportKind Kind => kind;

    public IPEndPoint LocalEndPoint => local;

    public SipTarget Target => new(kind, local);

    public void Start(ISipTransportReceiver receiver) => _receiver = receiver;

    public ValueTask SendAsync(SipTarget target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        Send(target.EndPoint, bytes.ToArray());
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> PingAsync(SipTarget target, CancellationToken cancellationToken = default) => ValueTask.FromResult(true);

    public void Send(IPEndPoint remote, byte[] bytes) => wire.Carry(this, remote, bytes);

    public void Deliver(IPEndPoint from, SipParseResult message) => _receiver?.OnReceived(this, from, message);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
