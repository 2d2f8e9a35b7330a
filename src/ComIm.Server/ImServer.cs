using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ComIm.Server.Conferencing;
using ComIm.Server.Limits;
using ComIm.Server.Presence;
using ComIm.Server.Proxy;
using ComIm.Server.Registrar;
using ComIm.Server.Storage;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Transport;
using ComIm.Sip.Transport.Tls;
using Microsoft.Extensions.Logging;

namespace ComIm.Server;

/// <summary>
/// The embedded SIP server: registrar, stateful proxy, presence agent and store for messages of one domain, on UDP and TCP of the same port, and on
/// TLS where there is a certificate.
/// </summary>
public sealed class ImServer : IAsyncDisposable
{
    private readonly ImServerOptions _options;
    private readonly MessageStore? _store;
    private readonly PendingRequests _pending;
    private readonly ServerMetrics _metrics;
    private readonly HealthReport _health;
    private readonly SipStack _stack;
    private readonly ILogger _log;
    private readonly ITimer? _expiry;
    private PresenceAgent? _presence;
    private BindingKeeper? _bindings;
    private ConferenceFocus? _focus;
    private bool _isStopped;

    private ImServer(ImServerOptions options, IReadOnlyList<ISipTransport> transports, MessageStore? store)
    {
        _options = options;
        _store = store;
        _log = options.LoggerFactory.CreateLogger<ImServer>();
        Domain = options.Domain;
        LocalEndPoint = transports[0].LocalEndPoint;
        TlsEndPoint = transports.FirstOrDefault(t => t.Kind == SipTransportKind.Tls)?.LocalEndPoint;
        Location = new LocationService(options.TimeProvider);
        _pending = new PendingRequests(options.Limits);
        _metrics = new ServerMetrics(() => Location.Count, () => _pending.Count, () => store?.Count ?? 0, () => RoomCount);
        var router = CreateRouter(options, transports);
        var stackOptions = new SipStackOptions { TimeProvider = options.TimeProvider, LoggerFactory = options.LoggerFactory };
        _stack = new SipStack(transports, router.HandleAsync, stackOptions) { Filter = router };
        var restored = _bindings?.Restore() ?? [];
        _stack.Start();
        _health = new HealthReport(options.Limits.HealthInterval, options.TimeProvider, Figures, _log);
        _expiry = store is null ? null : options.TimeProvider.CreateTimer(
            _ => _ = ExpireAsync(), null, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        foreach (var user in restored)
        {
            // Who was being delivered to when the server was killed does not know that he has to come back for the rest.
            router.Offline?.Deliver(user);
        }

        _log.LogInformation("Serving {Domain} at {EndPoint}, UDP and TCP; TLS at {TlsEndPoint}", Domain, LocalEndPoint, TlsEndPoint);
    }

    /// <summary>Where it listens, with the port that was given out where 0 was asked for.</summary>
    public IPEndPoint LocalEndPoint { get; }

    /// <summary>Where it listens for TLS; null where it has no certificate.</summary>
    public IPEndPoint? TlsEndPoint { get; }

    /// <summary>The domain it serves.</summary>
    public string Domain { get; }

    /// <summary>Who is where.</summary>
    public LocationService Location { get; }

    /// <summary>How many conferences there are.</summary>
    public int RoomCount => _focus?.RoomCount ?? 0;

    /// <summary>A conference has ended; for tests, may not block.</summary>
    internal event Action? RoomEnded
    {
        add => _focus!.RoomEnded += value;
        remove => _focus!.RoomEnded -= value;
    }

    /// <summary>The dialogs of all conferences.</summary>
    internal int ConferenceDialogs => _focus?.DialogCount ?? 0;

    /// <summary>How many messages wait for users who are away.</summary>
    public int WaitingMessages => _store?.Count ?? 0;

    /// <summary>Starts listening.</summary>
    /// <param name="options">Domain, listener and users.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="SocketException">The address or port cannot be had.</exception>
    /// <exception cref="IOException">The message store cannot be opened.</exception>
    public static async Task<ImServer> StartAsync(ImServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        var transports = await BindAsync(options).ConfigureAwait(false);
        MessageStore? store = null;
        try
        {
            store = options.Store is null ? null : await MessageStore.OpenAsync(options.Store, options.LoggerFactory.CreateLogger<ImServer>()).ConfigureAwait(false);
            return new ImServer(options, transports, store);
        }
        catch (Exception e)
        {
            store?.Dispose();
            await CloseAsync(transports).ConfigureAwait(false);
            if (e is not Microsoft.Data.Sqlite.SqliteException)
            {
                throw;
            }

            throw new IOException($"The message store {options.Store!.Path} cannot be opened: {e.Message} Check that its folder is there and may be written.", e);
        }
    }

    /// <summary>
    /// Stops: takes nothing new, finishes what is being answered for as long as <see cref="ServerLimits.StopTimeout"/> says, writes
    /// the store and closes. Registrations are forgotten, but where there is a store those over UDP are kept.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isStopped, true))
        {
            return;
        }

        // Real time on purpose: a stop must end also where a test holds the clock.
        await Task.WhenAny(_pending.DrainAsync(), Task.Delay(_options.Limits.StopTimeout, TimeProvider.System)).ConfigureAwait(false);
        _health.Dispose();
        _expiry?.Dispose();
        _presence?.Dispose();
        await _stack.DisposeAsync().ConfigureAwait(false);
        _store?.Dispose();
        _metrics.Dispose();
        _log.LogInformation("Stopped serving {Domain}: {Figures}", Domain, Figures());
    }

    private RequestRouter CreateRouter(ImServerOptions options, IReadOnlyList<ISipTransport> transports)
    {
        var own = new OwnAddresses(options.Domain, transports);
        var authenticator = new Authenticator(
            new DigestVerifier(options.Domain, options.TimeProvider, options.Digest), options.Users, options.RequiresAuthentication);
        var offline = _store is null ? null : new OfflineMessages(_store, Location, options.TimeProvider, _metrics, () => _stack, _log);
        _bindings = _store is null ? null : new BindingKeeper(_store.State, Location, _log);
        var rules = _store is null ? null : new RulesKeeper(_store.State, _log);
        rules?.Restore(options.Watchers, options.Domain);
        _presence = new PresenceAgent(own, Location, options.Watchers, options.Limits, _metrics, options.TimeProvider, () => _stack)
        {
            Keeper = rules,
            Publications = _store is null ? null : new PublicationKeeper(_store.State, _log),
        };
        var registrar = new SipRegistrar(Location, options.TimeProvider) { Keeper = _bindings };
        var registers = new RegisterHandler(own, authenticator, registrar, Location, _presence, options.Limits, _metrics) { Offline = offline };
        var proxy = new StatefulProxy(Location, own, options.TimeProvider, () => _stack);
        _focus = new ConferenceFocus(
            new RoomContext(
                options.Conferences, new FocusAgents(own, Location, () => _stack), own, options.Users, _metrics, options.TimeProvider),
            options.Limits);
        return new RequestRouter(own, authenticator, options.Users, registers, proxy, _presence, _focus, new ServerGate(_pending, options.Limits, _metrics))
        {
            Offline = offline,
            OfflineLifetime = options.Store?.Lifetime ?? TimeSpan.Zero,
        };
    }

    private static async Task<IReadOnlyList<ISipTransport>> BindAsync(ImServerOptions options)
    {
        var transport = new SipTransportOptions { TimeProvider = options.TimeProvider, Limits = options.TransportLimits };
        if (options.BindTransports is { } bind)
        {
            return bind(transport);
        }

        var (udp, tcp) = await TransportPair.BindAsync(options.EndPoint, transport).ConfigureAwait(false);
        if (options.Certificate is null)
        {
            return [udp, tcp];
        }

        try
        {
            return [udp, tcp, new TlsTransport(TlsEndPointOf(options), new TlsOptions { Certificate = options.Certificate }, transport)];
        }
        catch
        {
            await CloseAsync([udp, tcp]).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task CloseAsync(IReadOnlyList<ISipTransport> transports)
    {
        foreach (var transport in transports)
        {
            await transport.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static IPEndPoint TlsEndPointOf(ImServerOptions options) =>
        new(options.EndPoint.Address, options.TlsPort ?? (options.EndPoint.Port == 0 ? 0 : options.EndPoint.Port + 1));

    private string Figures() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Location.Count} bindings, {_pending.Count} requests pending, {WaitingMessages} messages waiting, {RoomCount} conferences, {_metrics.RequestCount} requests, {_metrics.RefusalCount} refused since the start{(_store?.Condition.Cause is { } cause ? $"; THE STORE CANNOT BE WRITTEN: {cause}" : "")}");

    private async Task ExpireAsync()
    {
        try
        {
            await _store!.ExpireAsync(_options.TimeProvider.GetUtcNow()).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // It is tried again in an hour.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _log.LogError(e, "Expired messages could not be removed");
        }
    }
}
