using System.Net;
using System.Net.Sockets;
using ComIm.Sip.Transport.Streams;

namespace ComIm.Sip.Transport;

/// <summary>
/// TCP (RFC 3261 section 18): listens, connects, and keeps its connections, which both sides use for requests and
/// responses.
/// </summary>
public sealed class TcpTransport : ISipTransport
{
    private readonly StreamEndpoint _endpoint;

    /// <summary>Binds a listener.</summary>
    /// <param name="local">Address and port; port 0 takes a free one.</param>
    /// <param name="options">The clock and the limits.</param>
    /// <exception cref="SocketException">The port is taken or the address is not this host's.</exception>
    public TcpTransport(IPEndPoint local, SipTransportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(local);
        _endpoint = new StreamEndpoint(this, local, PlainUpgrade.Instance, listens: true, options ?? SipTransportOptions.Default);
    }

    /// <inheritdoc/>
    public SipTransportKind Kind => SipTransportKind.Tcp;

    /// <inheritdoc/>
    public IPEndPoint LocalEndPoint => _endpoint.LocalEndPoint;

    /// <summary>How many connections are open; for health figures.</summary>
    public int ConnectionCount => _endpoint.ConnectionCount;

    /// <inheritdoc/>
    public void Start(ISipTransportReceiver receiver) => _endpoint.Start(receiver);

    /// <inheritdoc/>
    public ValueTask SendAsync(SipTarget target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        _endpoint.SendAsync(target, bytes, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> PingAsync(SipTarget target, CancellationToken cancellationToken = default) =>
        _endpoint.PingAsync(target, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();
}
