namespace ComIm.Client.Presence;

/// <summary>Puts the watcher information of one subscription together (RFC 3858 section 4.1). Not safe for use by several threads.</summary>
internal sealed class WatcherTable
{
    private readonly Dictionary<string, Watcher> _watchers = new(StringComparer.Ordinal);
    private uint? _version;

    /// <summary>The watchers, each address once.</summary>
    public IReadOnlyList<Watcher> All => [.. _watchers.Values.GroupBy(w => w.Address, StringComparer.Ordinal).Select(g => g.MinBy(w => w.IsPending)!)];

    /// <summary>Takes a document.</summary>
    /// <returns>False where one before it is missing: the whole has to be asked for.</returns>
    public bool Take(WatcherInfoDocument document)
    {
        if (document.Version <= _version && !document.IsFull)
        {
            return true;
        }

        if (document.IsFull)
        {
            _watchers.Clear();
        }
        else if (_version is not { } last || document.Version != last + 1)
        {
            return false;
        }

        _version = document.Version;
        foreach (var (id, watcher) in document.Watchers)
        {
            if (watcher is null)
            {
                _watchers.Remove(id);
            }
            else
            {
                _watchers[id] = watcher;
            }
        }

        return true;
    }
}
