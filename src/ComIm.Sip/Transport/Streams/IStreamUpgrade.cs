using System.Net;

namespace ComIm.Sip.Transport.Streams;

/// <summary>What is done with a new connection before messages go over it: nothing, or a TLS handshake.</summary>
internal interface IStreamUpgrade
{
    /// <summary>The side that connected.</summary>
    /// <exception cref="SipTransportException">The handshake failed.</exception>
    Task<UpgradedStream> ConnectAsync(Stream stream, SipTarget target, CancellationToken cancellationToken);

    /// <summary>The side that was connected to.</summary>
    /// <exception cref="SipTransportException">The handshake failed.</exception>
    Task<UpgradedStream> AcceptAsync(Stream stream, IPEndPoint remote, CancellationToken cancellationToken);
}
