using System.Net;

namespace ComIm.Sip.Transport;

/// <summary>Carries bytes between this host and others. What it receives it hands over parsed.</summary>
public interface ISipTransport : IAsyncDisposable
{
    /// <summary>Which transport this is.</summary>
    SipTransportKind Kind { get; }

    /// <summary>The address it is bound to; what Via and Contact name.</summary>
    IPEndPoint LocalEndPoint { get; }

    /// <summary>Begins to receive.</summary>
    /// <param name="receiver">Gets every message; called from the receive loop, so it may not block.</param>
    void Start(ISipTransportReceiver receiver);

    /// <summary>Sends one message, over an open connection to the remote address where there is one.</summary>
    /// <param name="remote">Where to.</param>
    /// <param name="bytes">The message; may be reused by the caller once the task has completed.</param>
    /// <param name="cancellationToken">Gives up a connection attempt.</param>
    /// <exception cref="SipTransportException">It cannot be sent.</exception>
    ValueTask SendAsync(IPEndPoint remote, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default);
}
