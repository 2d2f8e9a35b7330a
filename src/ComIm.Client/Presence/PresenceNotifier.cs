using ComIm.Client.Accounts;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Events;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Client.Presence;

/// <summary>
/// Tells our presence to those who ask us ourselves, since their server has no presence agent and forwards what they ask to the
/// device (RFC 3856 section 7.2).
/// </summary>
internal sealed class PresenceNotifier
{
    private const int MaxWatchers = 200;

    private readonly ImAccount _account;
    private readonly PresenceService _service;
    private readonly EventPackages _packages = new();
    private readonly Lock _gate = new();
    private readonly List<(SipUri Watcher, NotifierSubscription Subscription)> _watchers = [];
    private TaskCompletionSource? _ended;

    public PresenceNotifier(ImAccount account, PresenceService service)
    {
        (_account, _service) = (account, service);
        _packages.Register(PresencePackages.Presence);
    }

    /// <summary>Those who watch by themselves.</summary>
    public IReadOnlyList<Watcher> All =>
        [.. Snapshot().Select(w => new Watcher(w.Watcher.ToString(), w.Subscription.Request.From?.DisplayName, w.Subscription.IsPending))];

    /// <summary>A SUBSCRIBE outside a dialog.</summary>
    public void Receive(ServerTransaction transaction, SipUri watcher)
    {
        var policy = _service.PolicyFor(watcher);
        if (policy == WatcherPolicy.Block)
        {
            transaction.Respond(603);
        }
        else if (NewNotifier().Receive(transaction, _ => State()) is { } subscription)
        {
            if (!TryAdd(watcher, subscription))
            {
                subscription.Reject(503);
                return;
            }

            subscription.Ended += _ => Remove(subscription);
            subscription.Accept(pending: policy == WatcherPolicy.Confirm);
            _service.OnWatchersChanged();
        }
    }

    /// <summary>What we say has changed.</summary>
    public void Notify()
    {
        foreach (var (_, subscription) in Snapshot())
        {
            subscription.Notify(State());
        }
    }

    /// <summary>Who may watch has changed.</summary>
    public void OnPermissionsChanged()
    {
        foreach (var (watcher, subscription) in Snapshot())
        {
            switch (_service.PolicyFor(watcher))
            {
                case WatcherPolicy.Block:
                    subscription.Terminate("rejected");
                    break;
                case WatcherPolicy.Allow when subscription.IsPending:
                    subscription.Activate();
                    _service.OnWatchersChanged();
                    break;
            }
        }
    }

    /// <summary>Nobody is told any more, but that it is over.</summary>
    /// <returns>Done when they have been told.</returns>
    public Task StopAsync()
    {
        Task ended;
        lock (_gate)
        {
            if (_watchers.Count == 0)
            {
                return Task.CompletedTask;
            }

            _ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ended = _ended.Task;
        }

        foreach (var (_, subscription) in Snapshot())
        {
            subscription.Terminate("noresource");
        }

        return ended;
    }

    // An account may move to another address, and with it its Contact.
    private EventNotifier NewNotifier() => new(_account.Agent, _account.Dialogs, _packages, new NameAddress(_account.Contact));

    private SessionBody State() => new(PresenceDocument.ContentType, _service.WriteDocument());

    private List<(SipUri Watcher, NotifierSubscription Subscription)> Snapshot()
    {
        lock (_gate)
        {
            return [.. _watchers];
        }
    }

    private bool TryAdd(SipUri watcher, NotifierSubscription subscription)
    {
        lock (_gate)
        {
            if (_watchers.Count >= MaxWatchers || _ended is not null)
            {
                return false;
            }

            _watchers.Add((watcher, subscription));
            return true;
        }
    }

    private void Remove(NotifierSubscription subscription)
    {
        lock (_gate)
        {
            _watchers.RemoveAll(w => w.Subscription == subscription);
            if (_watchers.Count == 0)
            {
                _ended?.TrySetResult();
            }
        }

        _service.OnWatchersChanged();
    }
}
