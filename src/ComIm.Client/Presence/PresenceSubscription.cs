using ComIm.Client.Accounts;
using ComIm.Sip.Events;
using ComIm.Sip.Messages;

namespace ComIm.Client.Presence;

/// <summary>
/// The one subscription to a person's presence (RFC 3856), however many watch it. <see cref="Subscription"/> keeps it; after a new
/// sign-in it is made again, for a server that was restarted knows nothing of it.
/// </summary>
internal sealed class PresenceSubscription : ISubscriptionHandler
{
    private readonly ImAccount _account;
    private readonly SipUri _target;
    private readonly Lock _gate = new();
    private readonly List<Presentity> _presentities = [];
    private readonly Action<PresenceSubscription> _abandoned;
    private Subscription? _current;
    private bool _isOver;

    public PresenceSubscription(ImAccount account, SipUri target, Action<PresenceSubscription> abandoned)
    {
        _account = account;
        _target = target;
        _abandoned = abandoned;
        Address = target.ToString();
    }

    public string Address { get; }

    public SipUri Target => _target;

    public PresenceInfo Info { get; private set; } = PresenceInfo.None;

    public DateTimeOffset? LastChanged { get; private set; }

    public PresenceSubscriptionState State { get; private set; } = PresenceSubscriptionState.Subscribing;

    public ImException? Failure { get; private set; }

    /// <summary>One more who watches; null where it is over.</summary>
    public Presentity? TryEnter()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return null;
            }

            var presentity = new Presentity(this);
            _presentities.Add(presentity);
            return presentity;
        }
    }

    /// <summary>One less; with the last it is over.</summary>
    public void Leave(Presentity presentity)
    {
        lock (_gate)
        {
            if (!_presentities.Remove(presentity) || _presentities.Count > 0 || _isOver)
            {
                return;
            }

            _isOver = true;
        }

        _abandoned(this);
        _ = StopAsync();
    }

    /// <summary>Subscribes, for the first time or anew.</summary>
    public void Renew()
    {
        Subscription? old;
        Subscription next;
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            old = _current;
            next = _current = new Subscription(_account.Agent, _account.Dialogs, SettingsOf(), this);
        }

        if (old is not null)
        {
            Enter(PresenceSubscriptionState.Recovering, Failure, Info);
            _ = old.StopAsync();
        }

        _ = next.StartAsync();
    }

    /// <summary>The account has lost its server: what is shown may be old.</summary>
    public void OnLost(ImException? cause)
    {
        if (State != PresenceSubscriptionState.Ended)
        {
            Enter(PresenceSubscriptionState.Recovering, cause, Info);
        }
    }

    /// <summary>Unsubscribes; nothing follows.</summary>
    public Task StopAsync() => Close()?.StopAsync() ?? Task.CompletedTask;

    /// <summary>It is over; gives what there is to unsubscribe from.</summary>
    public Subscription? Close()
    {
        Subscription? last;
        lock (_gate)
        {
            _isOver = true;
            (last, _current) = (_current, null);
        }

        Enter(PresenceSubscriptionState.Ended, null, PresenceInfo.None);
        return last;
    }

    public void OnNotified(Subscription subscription, Notification notification)
    {
        if (subscription != _current || notification.State is { State: not "active" })
        {
            return;
        }

        // Nobody has said anything, and the server does not speak for those who are not there (RFC 3856 section 6.6.2).
        var info = notification.Body is not { } body ? new PresenceInfo(PresenceStatus.Unknown with { Availability = PresenceAvailability.Offline }, null)
            : PresenceDocument.Read(body.Content) is { } read ? read : Info;
        Enter(PresenceSubscriptionState.Active, null, info);
    }

    public void OnStatusChanged(Subscription subscription, SubscriptionStatus status, SubscriptionEnding? ending)
    {
        if (subscription != _current)
        {
            return;
        }

        var failure = ending is null ? null : ImFailures.OfWatching(ending, Address, _account.Server);
        switch (status)
        {
            case SubscriptionStatus.Pending:
                Enter(PresenceSubscriptionState.Pending, null, PresenceInfo.None);
                break;
            case SubscriptionStatus.Active:
                Enter(PresenceSubscriptionState.Active, null, Info);
                break;
            case SubscriptionStatus.Recovering:
                Enter(PresenceSubscriptionState.Recovering, failure, Info);
                break;
            case SubscriptionStatus.Terminated:
                Enter(PresenceSubscriptionState.Ended, failure, PresenceInfo.None);
                break;
        }
    }

    private SubscriptionSettings SettingsOf() => new()
    {
        Target = _target,
        Package = PresencePackages.Presence,
        Identity = new NameAddress(_account.Uri, _account.DisplayName),
        Contact = new NameAddress(_account.Contact),
    };

    private void Enter(PresenceSubscriptionState state, ImException? failure, PresenceInfo info)
    {
        lock (_gate)
        {
            if (State == state && Info == info && Failure?.StatusCode == failure?.StatusCode)
            {
                return;
            }

            // It is read without the gate: who sees the new state, or a time, is to see what belongs to it.
            var isNew = Info != info;
            (Failure, Info) = (failure, info);
            if (isNew)
            {
                LastChanged = _account.Options.TimeProvider.GetUtcNow();
            }

            State = state;
            foreach (var presentity in _presentities)
            {
                _account.Events.Post(presentity.ChangedHandlers, presentity, new PresentityChangedEventArgs(presentity, info.Status));
            }
        }
    }
}
