using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ComIm.Sip.Transport.Streams;

namespace ComIm.Sip.Transport.Tls;

/// <summary>The TLS handshake of both sides (RFC 3261 section 26.3.1, RFC 5922).</summary>
internal sealed class TlsUpgrade : IStreamUpgrade
{
    // Older versions are broken (RFC 8996); newer ones are taken as the system has them.
#pragma warning disable CA5398 // The floor is the point.
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning restore CA5398

    private readonly TlsOptions _options;
    private readonly SslStreamCertificateContext? _certificate;

    public TlsUpgrade(TlsOptions options)
    {
        _options = options;
        _certificate = options.Certificate is null
            ? null
            : SslStreamCertificateContext.Create(options.Certificate, options.Intermediates, offline: true);
    }

    public async Task<UpgradedStream> ConnectAsync(Stream stream, SipTarget target, CancellationToken cancellationToken)
    {
        var expected = target.HostName ?? target.EndPoint.Address.ToString();
        string? fault = null;
        var tls = new SslStream(stream);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = expected.TrimStart('[').TrimEnd(']'),
            EnabledSslProtocols = Versions,
            ClientCertificateContext = _certificate,
            CertificateChainPolicy = _options.CreateChainPolicy(mayDownload: true),
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                (fault = CertificateVerdict.OfServer(certificate as X509Certificate2, chain, errors, expected)) is null,
        };
        try
        {
            await tls.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
            return new UpgradedStream(tls, [expected]);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or ObjectDisposedException)
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw fault is null
                ? new SipTransportException($"No TLS connection can be made to {target}: {e.Message}", e, SipTransportFault.Unreachable)
                : new SipTransportException($"{target} is not to be trusted: {fault}.", null, SipTransportFault.CertificateRefused);
        }
    }

    public async Task<UpgradedStream> AcceptAsync(Stream stream, IPEndPoint remote, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<string> names = [];
        var tls = new SslStream(stream);
        var options = new SslServerAuthenticationOptions
        {
            EnabledSslProtocols = Versions,
            ServerCertificateContext = _certificate,
            ClientCertificateRequired = _options.ClientCertificates != TlsClientCertificates.NotAsked,
            CertificateChainPolicy = _options.CreateChainPolicy(mayDownload: false),
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                if (certificate is null)
                {
                    return _options.ClientCertificates != TlsClientCertificates.Required;
                }

                names = CertificateIdentities.Of((X509Certificate2)certificate);
                return CertificateVerdict.OfChain((X509Certificate2)certificate, chain, errors) is null;
            },
        };
        try
        {
            await tls.AuthenticateAsServerAsync(options, cancellationToken).ConfigureAwait(false);
            return new UpgradedStream(tls, names);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or ObjectDisposedException)
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw new SipTransportException($"The TLS handshake with {remote} failed: {e.Message}", e, SipTransportFault.ConnectionLost);
        }
    }
}
