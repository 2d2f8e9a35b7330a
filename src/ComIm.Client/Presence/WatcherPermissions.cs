using ComIm.Client.Storage;
using ComIm.Sip.Messages;

namespace ComIm.Client.Presence;

/// <summary>Who may watch us: the policy and those who are named, as they are kept.</summary>
/// <param name="store">Keeps them.</param>
internal sealed class WatcherPermissions(AccountStore store)
{
    /// <summary>How many may be named.</summary>
    private const int MaxCount = 10_000;

    // What is asked for with every request that comes in is read once for each change.
    private volatile Index _index = new(new WatcherData());

    public WatcherPolicy Policy => store.Current.Watchers.Policy;

    public IReadOnlyList<string> Allowed => store.Current.Watchers.Allowed;

    public IReadOnlyList<string> Blocked => store.Current.Watchers.Blocked;

    /// <summary>Whether nothing has ever been said.</summary>
    public bool AreDefault => this is { Policy: WatcherPolicy.Allow, Allowed: [], Blocked: [] };

    public bool IsBlocked(SipUri address) => Current.Blocked.Contains(address);

    /// <summary>What becomes of somebody who wants to watch.</summary>
    public WatcherPolicy PolicyFor(SipUri watcher) =>
        IsBlocked(watcher) ? WatcherPolicy.Block : Current.Allowed.Contains(watcher) ? WatcherPolicy.Allow : Policy;

    /// <summary>Says what becomes of somebody; null leaves it to the policy.</summary>
    public Task SetAsync(SipUri address, bool? isAllowed) => store.UpdateAsync(data => data with
    {
        Watchers = data.Watchers with
        {
            Allowed = With(data.Watchers.Allowed, address, isAllowed == true),
            Blocked = With(data.Watchers.Blocked, address, isAllowed == false),
        },
    });

    public Task SetPolicyAsync(WatcherPolicy policy) =>
        store.UpdateAsync(data => data with { Watchers = data.Watchers with { Policy = policy } });

    private Index Current
    {
        get
        {
            var index = _index;
            return ReferenceEquals(index.Data, store.Current.Watchers) ? index : _index = new Index(store.Current.Watchers);
        }
    }

    private static IReadOnlyList<string> With(IReadOnlyList<string> list, SipUri address, bool isIn)
    {
        var rest = list.Where(a => !(SipUri.TryParse(a, out var uri) && uri.Equals(address)));
        return !isIn ? [.. rest]
            : list.Count < MaxCount ? [.. rest, address.ToString()]
            : throw AccountFolder.Failure($"{MaxCount} are named already; take some away first.");
    }

    private sealed class Index(WatcherData data)
    {
        public WatcherData Data { get; } = data;

        public HashSet<SipUri> Allowed { get; } = Read(data.Allowed);

        public HashSet<SipUri> Blocked { get; } = Read(data.Blocked);

        private static HashSet<SipUri> Read(IReadOnlyList<string> addresses) =>
            [.. addresses.Select(a => SipUri.TryParse(a, out var uri) ? uri.AddressOfRecord : null).OfType<SipUri>()];
    }
}
