using System.Collections.Concurrent;

namespace ComIm.Server.Presence;

/// <summary>
/// Who may see whose presence. Users of the domain may, unless the presentity blocks them; with a default of block only those
/// who are allowed by name. Kept in memory: what is to last stands in the configuration file. Safe for use by several threads.
/// </summary>
public sealed class WatcherRules
{
    private readonly ConcurrentDictionary<(string User, string Watcher), bool> _rules = new();
    private readonly ConcurrentDictionary<string, bool> _defaults = new(StringComparer.Ordinal);

    /// <summary>A user's rules have changed. Raised on the thread that changed them.</summary>
    public event Action<string>? Changed;

    /// <summary>Lets a watcher see a user, or keeps him from it.</summary>
    /// <param name="user">Whose presence.</param>
    /// <param name="watcher">Who watches.</param>
    /// <param name="isAllowed">Whether he may.</param>
    public void Set(string user, string watcher, bool isAllowed)
    {
        _rules[(user, watcher)] = isAllowed;
        Changed?.Invoke(user);
    }

    /// <summary>What becomes of watchers that no rule names.</summary>
    /// <param name="user">Whose presence.</param>
    /// <param name="isAllowed">Whether they may.</param>
    public void SetDefault(string user, bool isAllowed)
    {
        _defaults[user] = isAllowed;
        Changed?.Invoke(user);
    }

    /// <summary>Whether a watcher may see a user; each may see himself.</summary>
    /// <param name="user">Whose presence.</param>
    /// <param name="watcher">Who watches.</param>
    public bool IsAllowed(string user, string watcher) =>
        user == watcher || (_rules.TryGetValue((user, watcher), out var allowed) ? allowed : !_defaults.TryGetValue(user, out var rule) || rule);
}
