using ComIm.Sip.Events;

namespace ComIm.Server.Presence;

/// <summary>Who watches whom: the accepted subscriptions, by presentity. Safe for use by several threads.</summary>
internal sealed class WatcherList
{
    /// <summary>Subscriptions of one watcher to one user: one for each device, so that nobody can take the places of all others.</summary>
    public const int MaxPerWatcher = Registrar.LocationService.MaxBindings;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<WatcherEntry>> _watchers = new(StringComparer.Ordinal);

    /// <summary>How many subscriptions there are.</summary>
    public int Count { get; private set; }

    /// <summary>Those who are watched.</summary>
    public IReadOnlyList<string> Users
    {
        get
        {
            lock (_gate)
            {
                return [.. _watchers.Keys];
            }
        }
    }

    /// <summary>Adds a subscription; false where the user has too many watchers already, or the watcher too many subscriptions.</summary>
    /// <param name="user">Who is watched.</param>
    /// <param name="entry">Who watches.</param>
    /// <param name="max">How many a user may have.</param>
    public bool TryAdd(string user, WatcherEntry entry, int max)
    {
        lock (_gate)
        {
            if (!_watchers.TryGetValue(user, out var list))
            {
                _watchers[user] = list = [];
            }

            if (list.Count >= max || list.Count(e => e.Watcher == entry.Watcher) >= MaxPerWatcher)
            {
                return false;
            }

            list.Add(entry);
            Count++;
            return true;
        }
    }

    /// <summary>Forgets a subscription.</summary>
    /// <param name="user">Who was watched.</param>
    /// <param name="subscription">The subscription.</param>
    public void Remove(string user, NotifierSubscription subscription)
    {
        lock (_gate)
        {
            if (_watchers.TryGetValue(user, out var list))
            {
                Count -= list.RemoveAll(w => w.Subscription == subscription);
                if (list.Count == 0)
                {
                    _watchers.Remove(user);
                }
            }
        }
    }

    /// <summary>The watchers of a user at this moment.</summary>
    /// <param name="user">Who is watched.</param>
    public IReadOnlyList<WatcherEntry> Of(string user)
    {
        lock (_gate)
        {
            return _watchers.TryGetValue(user, out var list) ? [.. list] : [];
        }
    }
}
