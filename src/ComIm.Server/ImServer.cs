using System.Net;
using System.Net.Sockets;
using ComIm.Server.Proxy;
using ComIm.Server.Registrar;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Transport;
using Microsoft.Extensions.Logging;

namespace ComIm.Server;

/// <summary>The embedded SIP server: registrar and stateful proxy of one domain, on UDP and TCP of the same port.</summary>
public sealed class ImServer : IAsyncDisposable
{
    private const int PortAttempts = 20;

    private readonly SipStack _stack;

    private ImServer(ImServerOptions options, UdpTransport udp, TcpTransport tcp)
    {
        Domain = options.Domain;
        LocalEndPoint = udp.LocalEndPoint;
        Location = new LocationService(options.TimeProvider);
        var router = new RequestRouter(
            options.Domain,
            new Authenticator(new DigestVerifier(options.Domain, options.TimeProvider), options.Users),
            options.Users,
            new SipRegistrar(Location, options.TimeProvider),
            new StatefulProxy(Location, () => _stack!));
        var stackOptions = new SipStackOptions { TimeProvider = options.TimeProvider, LoggerFactory = options.LoggerFactory };
        _stack = new SipStack([udp, tcp], router.HandleAsync, stackOptions);
        _stack.Start();
        options.LoggerFactory.CreateLogger<ImServer>().LogInformation("Serving {Domain} at {EndPoint}, UDP and TCP", Domain, LocalEndPoint);
    }

    /// <summary>Where it listens, with the port that was given out where 0 was asked for.</summary>
    public IPEndPoint LocalEndPoint { get; }

    /// <summary>The domain it serves.</summary>
    public string Domain { get; }

    /// <summary>Who is where.</summary>
    public LocationService Location { get; }

    /// <summary>Starts listening.</summary>
    /// <param name="options">Domain, listener and users.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="SocketException">The address or port cannot be had.</exception>
    public static Task<ImServer> StartAsync(ImServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        for (var attempt = 1; ; attempt++)
        {
            var udp = new UdpTransport(options.EndPoint);
            try
            {
                return Task.FromResult(new ImServer(options, udp, new TcpTransport(udp.LocalEndPoint)));
            }
            catch (SocketException e)
            {
                udp.DisposeAsync().AsTask().GetAwaiter().GetResult();

                // A port that was free for UDP may be taken for TCP; another is tried unless one was asked for.
                if (options.EndPoint.Port != 0 || e.SocketErrorCode != SocketError.AddressAlreadyInUse || attempt == PortAttempts)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Stops listening and forgets every registration.</summary>
    public ValueTask DisposeAsync() => _stack.DisposeAsync();
}
