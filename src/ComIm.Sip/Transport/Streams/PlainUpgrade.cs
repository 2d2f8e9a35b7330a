using System.Net;

namespace ComIm.Sip.Transport.Streams;

/// <summary>TCP: the connection is used as it is.</summary>
internal sealed class PlainUpgrade : IStreamUpgrade
{
    public static PlainUpgrade Instance { get; } = new();

    public Task<UpgradedStream> ConnectAsync(Stream stream, SipTarget target, CancellationToken cancellationToken) =>
        Task.FromResult(new UpgradedStream(stream, null));

    public Task<UpgradedStream> AcceptAsync(Stream stream, IPEndPoint remote, CancellationToken cancellationToken) =>
        Task.FromResult(new UpgradedStream(stream, null));
}
