using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>
/// What an endpoint has published, and what of its user's contacts the contact list has no place for. It lasts as long as the
/// endpoint: the original's server kept it, a SIP server of today has nowhere to.
/// </summary>
#pragma warning disable CA1001 // It lives as long as the endpoint, for which COM knows no Dispose; the token source has no timer and holds nothing.
internal sealed class OwnCategories
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<(string Category, string Key), int> _ids = [];
    private readonly Dictionary<(string Category, string Key), ContactWords> _words = [];
    private IReadOnlyList<PublishedCategory> _published = [];
    private Task _last = Task.CompletedTask;
    private int _lastId;
    private int _changing;

    public OwnCategories(string address, string domain, TimeProvider time)
    {
        (Address, _time) = (address, time);
        Containers = new OwnContainers(this, address, domain);
    }

    /// <summary>Some of it has changed. It may not block.</summary>
    public event Action? Changed;

    /// <summary>The access levels of the user.</summary>
    public OwnContainers Containers { get; }

    /// <summary>Is cancelled when the endpoint is over.</summary>
    public CancellationToken Ended => _end.Token;

    /// <summary>Whose they are.</summary>
    public string Address { get; }

    /// <summary>What was published, oldest first.</summary>
    public IReadOnlyList<PublishedCategory> Published => Volatile.Read(ref _published);

    /// <summary>Whether a change is under way: what is seen now may be half of it.</summary>
    public bool IsChanging => Volatile.Read(ref _changing) > 0;

    /// <summary>The names of the groups that were published.</summary>
    public IReadOnlyList<string> Groups
    {
        get
        {
            lock (_gate)
            {
                return [.. _words.Keys.Where(k => k.Category == CategoryFactory.Groups).Select(k => k.Key)];
            }
        }
    }

    /// <summary>The endpoint is over.</summary>
    public void End() => _end.Cancel();

    /// <summary>Changes it, one change after the other; <see cref="Changed"/> follows.</summary>
    public Task ChangeAsync(Func<Task> change)
    {
        lock (_gate)
        {
            return _last = AfterAsync(_last, change);
        }
    }

    /// <summary>What there is when some instances have been published.</summary>
    public IReadOnlyList<PublishedCategory> With(IEnumerable<UccCategoryInstance> instances)
    {
        var next = Published.ToList();
        var now = _time.GetUtcNow().UtcDateTime;
        foreach (var instance in instances)
        {
            var known = next.Find(c => c.Is(instance.CategoryName, instance.ContainerId, instance.InstanceId));
            next.Remove(known!);
            if (instance.PublicationOperation != UCC_PUBLICATION_OPERATION_TYPE.UCCPOT_REMOVE)
            {
                next.Add(new PublishedCategory(
                    instance.CategoryName, instance.ContainerId, instance.InstanceId, instance.Write(), (known?.Version ?? 0) + 1, now)
                {
                    ExpireType = instance.ExpireType,
                    ExpiryTime = instance.ExpiryTime,
                });
            }
        }

        return next;
    }

    /// <summary>That is what there is now.</summary>
    public void Commit(IReadOnlyList<PublishedCategory> next) => Volatile.Write(ref _published, next);

    /// <summary>The instance id of a contact or a group; it stays as long as the endpoint.</summary>
    public int IdOf(string category, string key)
    {
        lock (_gate)
        {
            return _ids.TryGetValue((category, key), out var id) ? id : _ids[(category, key)] = ++_lastId;
        }
    }

    /// <summary>Gives an instance another key: it is the same one under a new name.</summary>
    public void Rename(string category, string from, string to)
    {
        lock (_gate)
        {
            if (_ids.Remove((category, from), out var id))
            {
                _ids[(category, to)] = id;
            }

            _words.Remove((category, from));
        }
    }

    /// <summary>What the application says of a contact or a group beyond the contact list.</summary>
    public ContactWords WordsOf(string category, string key)
    {
        lock (_gate)
        {
            return _words.GetValueOrDefault((category, key), ContactWords.None);
        }
    }

    /// <summary>Keeps what the application says of a contact or a group.</summary>
    public void Keep(string category, string key, ContactWords words)
    {
        lock (_gate)
        {
            _words[(category, key)] = words;
        }
    }

    /// <summary>Nothing is kept of a contact or a group any more.</summary>
    public void Drop(string category, string key)
    {
        lock (_gate)
        {
            _words.Remove((category, key));
        }
    }

    private async Task AfterAsync(Task before, Func<Task> change)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Increment(ref _changing);
        try
        {
            await change().ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _changing);
            Changed?.Invoke();
        }
    }
}
