using System.Collections.Concurrent;
using System.Net;
using ComIm.Sip.Transport;

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
    /// <param name="places">How many requests it counts as there.</param>
    public bool TryEnter(IPAddress source, int places = 1)
    {
        if (Interlocked.Increment(ref _total) <= limits.MaxPending && !_isDraining)
        {
            if (TryAdd(SourceNetwork.Of(source), places, limits.MaxPendingPerSource))
            {
                return true;
            }
        }

        Decrement();
        return false;
    }

    /// <summary>Ends what <see cref="TryEnter(IPAddress, int)"/> began.</summary>
    /// <param name="source">The same.</param>
    /// <param name="places">The same.</param>
    public void Leave(IPAddress source, int places = 1)
    {
        Remove(SourceNetwork.Of(source), places);
        Decrement();
    }

    /// <summary>Counts a request of a user as well; false where it is too many.</summary>
    /// <param name="user">The user who has proved to be one.</param>
    /// <param name="places">How many requests it counts as.</param>
    public bool TryEnter(string user, int places = 1) => TryAdd(user, places, limits.MaxPendingPerUser);

    /// <summary>Ends what <see cref="TryEnter(string, int)"/> began.</summary>
    /// <param name="user">The same.</param>
    /// <param name="places">The same.</param>
    public void Leave(string user, int places = 1) => Remove(user, places);

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

    /// <summary>One that is alone is let in however many places it takes, or it could never be.</summary>
    private bool TryAdd(object key, int places, int max)
    {
        var taken = _counts.AddOrUpdate(key, static (_, p) => p, static (_, n, p) => n + p, places);
        if (taken <= max || taken == places)
        {
            return true;
        }

        Remove(key, places);
        return false;
    }

    private void Remove(object key, int places)
    {
        if (_counts.AddOrUpdate(key, static (_, _) => 0, static (_, n, p) => n - p, places) <= 0)
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
