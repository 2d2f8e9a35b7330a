using System.Net;
using System.Net.Sockets;
using ComIm.Server.Proxy;
using ComIm.Server.Registrar;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Transport;
using ComIm.Sip.Transport.Tls;
using Microsoft.Extensions.Logging;

namespace ComIm.Server;

/// <summary>The embedded SIP server: registrar and stateful proxy of one domain, on UDP and TCP of the same port, and on TLS where there is a certificate.</summary>
public sealed class ImServer : IAsyncDisposable
{
    private readonly SipStack _stack;

    private ImServer(ImServerOptions options, IReadOnlyList<ISipTransport> transports)
    {
        Domain = options.Domain;
        LocalEndPoint = transports[0].LocalEndPoint;
        TlsEndPoint = transports.FirstOrDefault(t => t.Kind == SipTransportKind.Tls)?.LocalEndPoint;
        Location = new LocationService(options.TimeProvider);
        var router = new RequestRouter(
            options.Domain,
            new Authenticator(new DigestVerifier(options.Domain, options.TimeProvider, options.Digest), options.Users),
            options.Users,
            new SipRegistrar(Location, options.TimeProvider),
            new StatefulProxy(Location, () => _stack!));
        var stackOptions = new SipStackOptions { TimeProvider = options.TimeProvider, LoggerFactory = options.LoggerFactory };
        _stack = new SipStack(transports, router.HandleAsync, stackOptions);
        _stack.Start();
        options.LoggerFactory.CreateLogger<ImServer>().LogInformation(
            "Serving {Domain} at {EndPoint}, UDP and TCP; TLS at {TlsEndPoint}", Domain, LocalEndPoint, TlsEndPoint);
    }

    /// <summary>Where it listens, with the port that was given out where 0 was asked for.</summary>
    public IPEndPoint LocalEndPoint { get; }

    /// <summary>Where it listens for TLS; null where it has no certificate.</summary>
    public IPEndPoint? TlsEndPoint { get; }

    /// <summary>The domain it serves.</summary>
    public string Domain { get; }

    /// <summary>Who is where.</summary>
    public LocationService Location { get; }

    /// <summary>Starts listening.</summary>
    /// <param name="options">Domain, listener and users.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="SocketException">The address or port cannot be had.</exception>
    public static async Task<ImServer> StartAsync(ImServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        var transport = new SipTransportOptions { TimeProvider = options.TimeProvider, Limits = options.TransportLimits };
        var (udp, tcp) = await TransportPair.BindAsync(options.EndPoint, transport).ConfigureAwait(false);
        if (options.Certificate is null)
        {
            return new ImServer(options, [udp, tcp]);
        }

        try
        {
            var tls = new TlsOptions { Certificate = options.Certificate };
            return new ImServer(options, [udp, tcp, new TlsTransport(TlsEndPointOf(options), tls, transport)]);
        }
        catch (SocketException)
        {
            await udp.DisposeAsync().ConfigureAwait(false);
            await tcp.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops listening and forgets every registration.</summary>
    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    private static IPEndPoint TlsEndPointOf(ImServerOptions options) =>
        new(options.EndPoint.Address, options.TlsPort ?? (options.EndPoint.Port == 0 ? 0 : options.EndPoint.Port + 1));
}
