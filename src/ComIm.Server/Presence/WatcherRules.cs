using System.Collections.Concurrent;
using ComIm.Sip.Messages;

namespace ComIm.Server.Presence;

/// <summary>
/// Who may see whose presence. What the administrator has set comes first, then the rules that the user has sent, then the default:
/// users of the domain may. Of these only the rules that users have sent are kept across a restart, where the server has a store.
/// Safe for use by several threads.
/// </summary>
public sealed class WatcherRules
{
    private readonly ConcurrentDictionary<(string User, string Watcher), bool> _rules = new();
    private readonly ConcurrentDictionary<string, (PresenceRules Rules, string Domain)> _documents = new(StringComparer.Ordinal);
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
    public bool IsAllowed(string user, string watcher) => HandlingOf(user, watcher) == WatcherHandling.Allow;

    /// <summary>What becomes of a watcher.</summary>
    /// <param name="user">Whose presence.</param>
    /// <param name="watcher">Who watches.</param>
    public WatcherHandling HandlingOf(string user, string watcher)
    {
        if (user == watcher)
        {
            return WatcherHandling.Allow;
        }

        if (_rules.TryGetValue((user, watcher), out var allowed))
        {
            return allowed ? WatcherHandling.Allow : WatcherHandling.Block;
        }

        if (_documents.TryGetValue(user, out var document) && SipUri.TryParse($"sip:{watcher}@{document.Domain}", out var address))
        {
            return document.Rules.HandlingOf(address);
        }

        return !_defaults.TryGetValue(user, out var rule) || rule ? WatcherHandling.Allow : WatcherHandling.Block;
    }

    /// <summary>A user has sent rules of his own; they stand until he sends others.</summary>
    internal void SetDocument(string user, PresenceRules rules, string domain)
    {
        _documents[user] = (rules, domain);
        Changed?.Invoke(user);
    }
}
