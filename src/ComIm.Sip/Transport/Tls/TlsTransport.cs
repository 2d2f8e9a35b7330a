using System.Net;
using System.Net.Sockets;
using ComIm.Sip.Transport.Streams;

namespace ComIm.Sip.Transport.Tls;

/// <summary>
/// TLS over TCP (RFC 3261 section 26, RFC 5922). A server's certificate must prove the name in
/// <see cref="SipTarget.HostName"/>, or its address where there is no name. With a certificate of its own it also listens.
/// </summary>
public sealed class TlsTransport : ISipTransport
{
    private readonly StreamEndpoint _endpoint;

    /// <summary>Binds; without a certificate the port is only held, for Via and Contact to name.</summary>
    /// <param name="local">Address and port; port 0 takes a free one.</param>
    /// <param name="tls">The certificates; the system's roots and none of our own where null.</param>
    /// <param name="options">The clock and the limits.</param>
    /// <exception cref="SocketException">The port is taken or the address is not this host's.</exception>
    public TlsTransport(IPEndPoint local, TlsOptions? tls = null, SipTransportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(local);
        tls ??= new TlsOptions();
        OffersAlias = tls.Certificate is not null;
        _endpoint = new StreamEndpoint(this, local, new TlsUpgrade(tls), OffersAlias, options ?? SipTransportOptions.Default);
    }

    /// <inheritdoc/>
    public SipTransportKind Kind => SipTransportKind.Tls;

    /// <inheritdoc/>
    public IPEndPoint LocalEndPoint => _endpoint.LocalEndPoint;

    /// <inheritdoc/>
    public bool OffersAlias { get; }

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
