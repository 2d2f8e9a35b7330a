using System.Net;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Faults.Tests.Chats;

/// <summary>
/// UDP that names a relay as its own address, in Via and Contact, so that what others send passes it, and sends everything to it:
/// what follows a Record-Route would go past it.
/// </summary>
internal sealed class RelayedTransport(ISipTransport inner, DatagramRelay relay) : ISipTransport
{
    public SipTransportKind Kind => inner.Kind;

    public IPEndPoint LocalEndPoint => relay.Back;

    public void Start(ISipTransportReceiver receiver) => inner.Start(new Receiver(this, receiver));

    public ValueTask SendAsync(SipTarget target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        inner.SendAsync(target with { EndPoint = relay.Front }, bytes, cancellationToken);

    public ValueTask<bool> PingAsync(SipTarget target, CancellationToken cancellationToken = default) => inner.PingAsync(target, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Receiver(RelayedTransport transport, ISipTransportReceiver receiver) : ISipTransportReceiver
    {
        public void OnReceived(ISipTransport inner, IPEndPoint remote, Sip.Messages.SipParseResult result) => receiver.OnReceived(transport, remote, result);

        public void OnFailed(ISipTransport inner, IPEndPoint? remote, SipTransportException cause) => receiver.OnFailed(transport, remote, cause);
    }
}
