using ComIm.Client.Accounts;
using ComIm.Sip;
using ComIm.Sip.Events;
using ComIm.Sip.Messages;

namespace ComIm.Client.Presence;

/// <summary>The subscription to our own watchers (RFC 3857).</summary>
/// <param name="account">The account.</param>
/// <param name="onChanged">They have changed; it may not block.</param>
internal sealed class WatcherSubscription(ImAccount account, Action onChanged) : ISubscriptionHandler
{
    private readonly Lock _gate = new();
    private readonly RestartAllowance _restarts = new(account.Options.TimeProvider);
    private Subscription? _current;
    private WatcherTable _table = new();
    private Task<SipOutcome>? _started;

    /// <summary>The watchers as far as the server has told.</summary>
    public IReadOnlyList<Watcher> All
    {
        get
        {
            lock (_gate)
            {
                return _table.All;
            }
        }
    }

    /// <summary>Subscribes where it has not been done; gives the answer to it.</summary>
    public Task<SipOutcome> StartAsync()
    {
        lock (_gate)
        {
            return _current is not null && _started is not null ? _started : _started = StartNewAsync();
        }
    }

    /// <summary>Subscribes anew, where it was done before.</summary>
    public void Renew()
    {
        lock (_gate)
        {
            if (_current is not null)
            {
                _ = _current.StopAsync();
                _started = StartNewAsync();
            }
        }
    }

    public Task StopAsync()
    {
        Subscription? last;
        lock (_gate)
        {
            (last, _current, _started) = (_current, null, null);
        }

        return last?.StopAsync() ?? Task.CompletedTask;
    }

    public void OnNotified(Subscription subscription, Notification notification)
    {
        if (notification.Body is not { } body || WatcherInfoDocument.Read(body.Content) is not { } document)
        {
            return;
        }

        lock (_gate)
        {
            if (subscription != _current)
            {
                return;
            }

            if (!_table.Take(document))
            {
                if (_restarts.TryTake())
                {
                    Renew();
                }

                return;
            }
        }

        onChanged();
    }

    public void OnStatusChanged(Subscription subscription, SubscriptionStatus status, SubscriptionEnding? ending)
    {
        lock (_gate)
        {
            if (subscription != _current || status != SubscriptionStatus.Terminated)
            {
                return;
            }

            (_table, _current, _started) = (new WatcherTable(), null, null);
        }

        onChanged();
    }

    private Task<SipOutcome> StartNewAsync()
    {
        _table = new WatcherTable();
        _current = new Subscription(account.Agent, account.Dialogs, new SubscriptionSettings
        {
            Target = account.Uri,
            Package = PresencePackages.Watchers,
            Identity = new NameAddress(account.Uri, account.DisplayName),
            Contact = new NameAddress(account.Contact),
        }, this);
        return _current.StartAsync();
    }
}
