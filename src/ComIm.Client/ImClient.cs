using ComIm.Client.Accounts;
using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;
using Microsoft.Extensions.Logging;

namespace ComIm.Client;

/// <summary>
/// The entry to SIP instant messaging: signs accounts in and keeps them until they sign out. One client holds any
/// number of accounts, and is safe to use from any thread.
/// </summary>
public sealed class ImClient : IAsyncDisposable
{
    private static readonly SipTransportKind[] SecureFirst = [SipTransportKind.Tls, SipTransportKind.Tcp, SipTransportKind.Udp];

    private readonly ImClientOptions _options;
    private readonly SipLocator _locator;
    private readonly NetworkWatch _network;
    private readonly Lock _gate = new();
    private readonly List<ImAccount> _accounts = [];

    /// <summary>Makes a client.</summary>
    /// <param name="options">The clock, the log and the trace; defaults where null.</param>
    /// <exception cref="ArgumentException">History is to be kept, and it is not said where; or no message is to be kept in memory.</exception>
    public ImClient(ImClientOptions? options = null)
    {
        if (options is { KeepHistory: true, DataDirectory: null })
        {
            throw new ArgumentException("KeepHistory needs a DataDirectory.", nameof(options));
        }

        if (options is { MessagesInMemory: < 1 })
        {
            throw new ArgumentException("MessagesInMemory is at least 1.", nameof(options));
        }

        _options = (options ?? new ImClientOptions()) with { InstanceId = Guid.NewGuid() };
        _locator = new SipLocator(new SipLocatorOptions
        {
            DnsServers = _options.DnsServers,
            TimeProvider = _options.TimeProvider,
            Transports = SecureFirst,
            UnnamedTransports = SecureFirst,
        });
        _network = new NetworkWatch(OnNetworkChanged, _options.LoggerFactory.CreateLogger<ImClient>());
    }

    /// <summary>
    /// This computer has another address, or a network again. Accounts look for their servers from there by themselves. Raised on the
    /// system's own thread.
    /// </summary>
    public event EventHandler? NetworkChanged;

    /// <summary>The accounts that are signed in or trying to be.</summary>
    public IReadOnlyList<ImAccount> Accounts
    {
        get
        {
            lock (_gate)
            {
                return [.. _accounts];
            }
        }
    }

    /// <summary>Registers an account at its server and returns it once it can send and receive.</summary>
    /// <param name="settings">Who signs in, where, and with which password.</param>
    /// <param name="cancellationToken">Gives up the attempt.</param>
    /// <exception cref="ImException">The sign-in failed; <see cref="ImException.Error"/> says why.</exception>
    public Task<ImAccount> SignInAsync(ImAccountSettings settings, CancellationToken cancellationToken = default) =>
        SignInAsync(settings, static _ => { }, cancellationToken);

    /// <summary>The same, for who must not miss anything: what comes in may do so before this method has returned.</summary>
    /// <param name="settings">Who signs in, where, and with which password.</param>
    /// <param name="prepare">
    /// Called with the account before it registers, to subscribe its events. Where several servers are tried, each has an account.
    /// </param>
    /// <param name="cancellationToken">Gives up the attempt.</param>
    /// <exception cref="ImException">The sign-in failed; <see cref="ImException.Error"/> says why.</exception>
    public async Task<ImAccount> SignInAsync(ImAccountSettings settings, Action<ImAccount> prepare, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(prepare);
        var account = await AccountSignIn.RunAsync(settings, _options, _locator, prepare, Forget, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            // A handler may have signed it out already: then it has been forgotten before it was known.
            if (!account.IsOver)
            {
                _accounts.Add(account);
            }
        }

        return account;
    }

    /// <summary>Asks DNS for the servers of a domain (RFC 3263).</summary>
    /// <param name="domain">The domain, as it stands behind the @ of an address.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The servers in the order in which they are to be tried; empty where the domain has none.</returns>
    /// <exception cref="ImException"><see cref="ImError.ServerNotFound"/>: it is no name.</exception>
    public async Task<IReadOnlyList<ImServerName>> FindServersAsync(string domain, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(domain);
        if (!HostPort.TryParse(domain, out var host))
        {
            throw new ImException(ImError.ServerNotFound, $"'{domain}' is not a domain. Write it as example.com.");
        }

        var found = await _locator.FindServersAsync(host, cancellationToken).ConfigureAwait(false);
        return [.. found.Select(f => new ImServerName(f.Server.ToString(), AccountTransports.NameOf(f.Transport)))];
    }

    /// <summary>Signs every account out and closes all sockets.</summary>
    public async ValueTask DisposeAsync()
    {
        _network.Dispose();
        foreach (var account in Accounts)
        {
            await account.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>This computer has another address, or a network again: accounts look for their servers from there.</summary>
    internal void OnNetworkChanged()
    {
        NetworkChanged?.Invoke(this, EventArgs.Empty);
        foreach (var account in Accounts)
        {
            account.OnNetworkChanged();
        }
    }

    private void Forget(ImAccount account)
    {
        lock (_gate)
        {
            _accounts.Remove(account);
        }
    }
}
