using ComIm.Server.Presence;

namespace ComIm.Server.Configuration;

/// <summary>Who may see one user's presence: an entry of <c>watchers</c> in a configuration file.</summary>
public sealed record WatcherConfiguration
{
    /// <summary>Whether those who are not named may; true.</summary>
    public bool Default { get; init; } = true;

    /// <summary>Users who may.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>Users who may not.</summary>
    public IReadOnlyList<string> Block { get; init; } = [];

    internal static WatcherRules ToRules(IReadOnlyDictionary<string, WatcherConfiguration> watchers)
    {
        var rules = new WatcherRules();
        foreach (var (user, rule) in watchers)
        {
            rules.SetDefault(user, rule.Default);
            foreach (var watcher in rule.Allow)
            {
                rules.Set(user, watcher, isAllowed: true);
            }

            foreach (var watcher in rule.Block)
            {
                rules.Set(user, watcher, isAllowed: false);
            }
        }

        return rules;
    }
}
