using System.Collections.Concurrent;
using System.Net;

namespace ComIm.Server.Limits;

/// <summary>Counts the requests that wait for an answer: in all, by source and by user. Safe for use by several threads.</summary>
internal sealed class PendingRequests(ServerLimits limits)
{
    private readonly ConcurrentDictionary<object, int> _counts = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _total;
    private volatile bool _isDraining;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _total);

    /// <summary>Counts a request from an address; false where it is too many, or the server is stopping.</summary>
    /// <param name="source">Where it came from.</param>
    public bool TryEnter(IPAddress source)
    {
        if (Interlocked.Increment(ref _total) <= limits.MaxPending && !_isDraining)
        {
            if (TryAdd(source, limits.MaxPendingPerSource))
            {
                return true;
            }
        }

        Decrement();
        return false;
    }

    /// <summary>Ends what <see cref="TryEnter(IPAddress)"/> began.</summary>
    /// <param name="source">The same.</param>
    public void Leave(IPAddress source)
    {
        Remove(source);
        Decrement();
    }

    /// <summary>Counts a request of a user as well; false where it is too many.</summary>
    /// <param name="user">The user who has proved to be one.</param>
    public bool TryEnter(string user) => TryAdd(user, limits.MaxPendingPerUser);

    /// <summary>Ends what <see cref="TryEnter(string)"/> began.</summary>
    /// <param name="user">The same.</param>
    public void Leave(string user) => Remove(user);

    /// <summary>Takes no more; the task ends when none is left.</summary>
    public Task DrainAsync()
    {
        _isDraining = true;
        if (Count == 0)
        {
            _drained.TrySetResult();
        }

        return _drained.Task;
    }

    private bool TryAdd(object key, int max)
    {
        if (_counts.AddOrUpdate(key, 1, static (_, n) => n + 1) <= max)
        {
            return true;
        }

        Remove(key);
        return false;
    }

    private void Remove(object key)
    {
        if (_counts.AddOrUpdate(key, 0, static (_, n) => n - 1) <= 0)
        {
            _counts.TryRemove(new KeyValuePair<object, int>(key, 0));
        }
    }

    private void Decrement()
    {
        if (Interlocked.Decrement(ref _total) == 0 && _isDraining)
        {
            _drained.TrySetResult();
        }
    }
}
