using ComIm.Client.Accounts;
using ComIm.Client.Storage;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Client.Presence;

/// <summary>
/// The presence of an account: what is said of its own (RFC 3903), and the watching of others (RFC 3856). Both are kept while the
/// account is signed in, and made again by themselves when it has been away.
/// </summary>
public sealed partial class PresenceService
{
    private readonly ImAccount _account;
    private readonly PresencePublisher _publisher;
    private readonly WatcherPermissions _permissions;
    private readonly PresenceNotifier _notifier;
    private readonly WatcherSubscription _watchers;
    private readonly string _device = SipTokens.NewTag();
    private readonly Lock _gate = new();
    private readonly Dictionary<SipUri, PresenceSubscription> _watched = [];

    internal PresenceService(ImAccount account, AccountStore store)
    {
        _account = account;
        _publisher = new PresencePublisher(account);
        _permissions = new WatcherPermissions(store);
        _notifier = new PresenceNotifier(account, this);
        _watchers = new WatcherSubscription(account, OnWatchersChanged);
    }

    /// <summary>What was published last. Before that nothing; the server may tell others that the account is signed in.</summary>
    public PresenceStatus Own { get; private set; } = PresenceStatus.Unknown;

    /// <summary>
    /// Whether the server keeps what is published. Where it does not (false), those who watch are told by the account itself, as far
    /// as the server lets them ask it. Null before anything was published.
    /// </summary>
    public bool? IsKeptByServer { get; private set; }

    /// <summary><see cref="Own"/> has changed.</summary>
    public event EventHandler<OwnPresenceChangedEventArgs>? OwnChanged;

    /// <summary>Those who are watched now, each once.</summary>
    public IReadOnlyList<string> Watched
    {
        get
        {
            lock (_gate)
            {
                return [.. _watched.Values.Select(w => w.Address)];
            }
        }
    }

    /// <summary>Tells others how things are, until it is said otherwise or the account signs out.</summary>
    /// <param name="availability">Whether we can be reached; <see cref="PresenceAvailability.Unknown"/> takes back what was said.</param>
    /// <param name="note">A line for people.</param>
    /// <param name="activities">What we are doing.</param>
    /// <param name="cancellationToken">Stops waiting; it may still be told.</param>
    /// <exception cref="ImException">The server refused it, or the account is signed out.</exception>
    public Task PublishAsync(
        PresenceAvailability availability,
        string? note = null,
        IEnumerable<PresenceActivity>? activities = null,
        CancellationToken cancellationToken = default) =>
        PublishAsync(new PresenceStatus(availability, [.. activities ?? []], string.IsNullOrWhiteSpace(note) ? null : note), cancellationToken);

    /// <summary>Tells others how things are, until it is said otherwise or the account signs out.</summary>
    /// <param name="status">How; of <see cref="PresenceAvailability.Unknown"/> what was said is taken back.</param>
    /// <param name="cancellationToken">Stops waiting; it may still be told.</param>
    /// <exception cref="ImException">The server refused it, or the account is signed out.</exception>
    /// <exception cref="ArgumentException">The extension is not one XML element, or longer than 48 K characters.</exception>
    public async Task PublishAsync(PresenceStatus status, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(status);
        PresenceDocument.CheckExtension(status.Extension);
        CheckSignedIn("publish");
        if (status.Availability == PresenceAvailability.Unknown)
        {
            await _publisher.RemoveAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var outcome = await _publisher.PublishAsync(Write(status)).WaitAsync(cancellationToken).ConfigureAwait(false);
            IsKeptByServer = outcome.IsSuccess;
            if (!outcome.IsSuccess && outcome.StatusCode is not (404 or 405 or 489 or 501))
            {
                throw ImFailures.OfPublishing(outcome, _account.Server);
            }
        }

        if (Own != status)
        {
            Own = status;
            _account.Events.Post(OwnChanged, this, new OwnPresenceChangedEventArgs(status));
        }

        _notifier.Notify();
    }

    /// <summary>
    /// Watches somebody's presence, from now until the result is disposed of. Those who watch the same person share one
    /// subscription. How far it got, and a refusal, is seen at the result.
    /// </summary>
    /// <param name="address">A SIP URI; the scheme may be left out. Our own shows what our other devices say.</param>
    /// <exception cref="ImException">The address is none, or the account is signed out.</exception>
    public Presentity Watch(string address)
    {
        CheckSignedIn("watch anybody");
        var target = ImAddress.Parse(address).AddressOfRecord;
        while (true)
        {
            PresenceSubscription? subscription;
            bool isNew;
            lock (_gate)
            {
                isNew = !_watched.TryGetValue(target, out subscription);
                if (isNew)
                {
                    _watched[target] = subscription = new PresenceSubscription(_account, target, Forget);
                }
            }

            if (subscription!.TryEnter() is not { } presentity)
            {
                // The last one has just left; his subscription is on its way out.
                Forget(subscription);
                continue;
            }

            if (isNew)
            {
                subscription.Renew();
            }

            return presentity;
        }
    }

    /// <summary>The account is signed in, for the first time or again.</summary>
    internal void OnSignedIn(bool isAgain)
    {
        if (!_permissions.AreDefault)
        {
            _ = PublishRulesAsync(CancellationToken.None);
        }

        if (isAgain)
        {
            _publisher.Renew();
            _watchers.Renew();
            foreach (var subscription in Subscriptions())
            {
                subscription.Renew();
            }
        }
    }

    /// <summary>The account has lost its server.</summary>
    internal void OnLost(ImException? cause) => Subscriptions().ForEach(s => s.OnLost(cause));

    /// <summary>The account signs out: nothing is published and nobody is watched any more.</summary>
    internal Task LeaveAsync() => Task.WhenAll(
        [_publisher.RemoveAsync(), _notifier.StopAsync(), _watchers.StopAsync(), .. Subscriptions().Select(s => s.StopAsync())]);

    /// <summary>The account is over, whether or not anybody could be told.</summary>
    internal void Close()
    {
        _publisher.Close();
        Subscriptions().ForEach(s => s.Close());
    }

    /// <summary>What those are told who ask us ourselves: at least that we are there.</summary>
    internal byte[] WriteDocument() => Write(Own.Availability == PresenceAvailability.Unknown ? Own with { Availability = PresenceAvailability.Online } : Own);

    private byte[] Write(PresenceStatus status) => PresenceDocument.Write(
        _account.Address, _device, new PresenceInfo(status, _account.DisplayName), _account.Options.TimeProvider.GetUtcNow());

    private List<PresenceSubscription> Subscriptions()
    {
        lock (_gate)
        {
            return [.. _watched.Values];
        }
    }

    private void Forget(PresenceSubscription subscription)
    {
        lock (_gate)
        {
            if (_watched.TryGetValue(subscription.Target, out var known) && known == subscription)
            {
                _watched.Remove(subscription.Target);
            }
        }
    }

    private void CheckSignedIn(string what)
    {
        if (_account.IsOver)
        {
            throw new ImException(ImError.NotSignedIn, $"{_account.Address} is signed out. Sign in before you {what}.");
        }
    }
}
