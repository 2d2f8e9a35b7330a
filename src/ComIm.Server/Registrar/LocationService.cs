namespace ComIm.Server.Registrar;

/// <summary>Who is where: the bindings of every user, in memory. Safe for use by several threads.</summary>
public sealed class LocationService
{
    /// <summary>Bindings of one user; a further one is refused.</summary>
    public const int MaxBindings = 20;

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Binding>> _bindings = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Makes an empty one.</summary>
    /// <param name="time">The clock.</param>
    public LocationService(TimeProvider time) => _time = time;

    /// <summary>How many bindings there are; those that have ended count until their user is asked for, or registers.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>A user's bindings that have not ended, the newest first.</summary>
    /// <param name="user">The user part of the address.</param>
    public IReadOnlyList<Binding> Find(string user)
    {
        lock (_gate)
        {
            var bindings = Current(user);
            return bindings.Count < 2 ? [.. bindings] : [.. bindings.OrderByDescending(b => b.Expires)];
        }
    }

    /// <summary>Makes the changes of one REGISTER: all, or none (RFC 3261 section 10.3 step 7).</summary>
    /// <param name="user">The user part of the address.</param>
    /// <param name="changes">Bindings to be added or renewed; one that ends at once only removes those it replaces.</param>
    /// <returns>False where the request is older than one that made such a binding, or the user would have too many.</returns>
    public bool TryApply(string user, IReadOnlyList<Binding> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var old = Current(user);
            if (old.Exists(b => changes.Any(c => c.Replaces(b) && IsOutOfOrder(b, c.CallId, c.Sequence))))
            {
                return false;
            }

            var next = old.FindAll(b => !changes.Any(c => c.Replaces(b)));
            next.AddRange(changes.Where(c => c.Expires > now));
            if (next.Count > MaxBindings)
            {
                return false;
            }

            Replace(user, old.Count, next);
            return true;
        }
    }

    /// <summary>Removes every binding of a user (section 10.3 step 6).</summary>
    /// <param name="user">The user part of the address.</param>
    /// <param name="callId">The Call-ID of the REGISTER.</param>
    /// <param name="sequence">Its CSeq number.</param>
    /// <returns>False where it is older than one that made a binding.</returns>
    public bool TryRemoveAll(string user, string callId, uint sequence)
    {
        lock (_gate)
        {
            var old = Current(user);
            if (old.Exists(b => IsOutOfOrder(b, callId, sequence)))
            {
                return false;
            }

            Replace(user, old.Count, []);
            return true;
        }
    }

    /// <summary>
    /// Removes a binding whose connection is gone; one that has been renewed since stays. One over UDP stays as well: its device does not
    /// notice a network that was down for a moment, and would be away until it renews.
    /// </summary>
    /// <param name="user">The user part of the address.</param>
    /// <param name="binding">The binding, as <see cref="Find"/> gave it.</param>
    public void OnFlowLost(string user, Binding binding)
    {
        ArgumentNullException.ThrowIfNull(binding);
        if (binding.Target.Transport == Sip.Transport.SipTransportKind.Udp)
        {
            return;
        }

        lock (_gate)
        {
            var old = Current(user);
            Replace(user, old.Count, old.FindAll(b => !ReferenceEquals(b, binding)));
        }
    }

    private static bool IsOutOfOrder(Binding binding, string callId, uint sequence) =>
        binding.CallId == callId && binding.Sequence >= sequence;

    private List<Binding> Current(string user)
    {
        if (!_bindings.TryGetValue(user, out var bindings))
        {
            return [];
        }

        var now = _time.GetUtcNow();
        if (bindings.Exists(b => b.Expires <= now))
        {
            var left = bindings.FindAll(b => b.Expires > now);
            Replace(user, bindings.Count, left);
            return left;
        }

        return bindings;
    }

    private void Replace(string user, int before, List<Binding> bindings)
    {
        _count += bindings.Count - before;
        if (bindings.Count == 0)
        {
            _bindings.Remove(user);
        }
        else
        {
            _bindings[user] = bindings;
        }
    }
}
