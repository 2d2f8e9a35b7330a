using System.Net;

namespace ComIm.Sip.Transport;

/// <summary>Carries bytes between this host and others. What it receives it hands over parsed.</summary>
public interface ISipTransport : IAsyncDisposable
{
    /// <summary>Which transport this is.</summary>
    SipTransportKind Kind { get; }

    /// <summary>The address it is bound to; what Via and Contact name.</summary>
    IPEndPoint LocalEndPoint { get; }

    /// <summary>
    /// True where requests ask the peer to send its own over the same connection, by an alias parameter in Via (RFC 5923
    /// section 5): that is for TLS where both sides show a certificate.
    /// </summary>
    bool OffersAlias => false;

    /// <summary>Begins to receive.</summary>
    /// <param name="receiver">Gets every message; called from the receive loop, so it may not block.</param>
    void Start(ISipTransportReceiver receiver);

    /// <summary>
    /// Sends one message, over an open connection to the target where there is one. Where the peer is slower than the
    /// sender, it waits for room instead of filling memory.
    /// </summary>
    /// <param name="target">Where to.</param>
    /// <param name="bytes">The message; may be reused by the caller once the task has completed.</param>
    /// <param name="cancellationToken">Gives up a connection attempt, or the wait for room.</param>
    /// <exception cref="SipTransportException">It cannot be sent.</exception>
    ValueTask SendAsync(SipTarget target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default);

    /// <summary>
    /// Keeps a flow open (RFC 5626 section 4.4.1, 5.4): over a connection a ping of two line ends, and the wait for its
    /// pong; over datagrams one line end, which is not answered. It opens no connection.
    /// </summary>
    /// <param name="target">The other end of the flow.</param>
    /// <param name="cancellationToken">Stops waiting for the pong.</param>
    /// <returns>True where the peer answered.</returns>
    /// <exception cref="SipTransportException">There is no such flow, or it is dead; the receiver has been told.</exception>
    ValueTask<bool> PingAsync(SipTarget target, CancellationToken cancellationToken = default);
}
