using ComIm.Sip.Messages;

namespace ComIm.Server.Registrar;

/// <summary>Who is where: the bindings of every user, in memory.</summary>
public sealed class LocationService
{
    /// <summary>Bindings of one user; a further one is refused.</summary>
    public const int MaxBindings = 20;

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Binding>> _bindings = new(StringComparer.Ordinal);

    /// <summary>Makes an empty one.</summary>
    /// <param name="time">The clock.</param>
    public LocationService(TimeProvider time) => _time = time;

    /// <summary>A user's bindings that have not ended, the newest first.</summary>
    /// <param name="user">The user part of the address.</param>
    public IReadOnlyList<Binding> Find(string user)
    {
        lock (_gate)
        {
            return Current(user).OrderByDescending(b => b.Expires).ToList();
        }
    }

    /// <summary>Adds or renews a binding.</summary>
    /// <param name="user">The user part of the address.</param>
    /// <param name="binding">The binding.</param>
    /// <returns>False where the request is older than the one that made the binding, or the user has too many.</returns>
    public bool TrySet(string user, Binding binding)
    {
        ArgumentNullException.ThrowIfNull(binding);
        lock (_gate)
        {
            var bindings = Current(user);
            var index = bindings.FindIndex(b => b.Contact.Equals(binding.Contact));
            if (index >= 0)
            {
                var old = bindings[index];
                if (old.CallId == binding.CallId && old.Sequence >= binding.Sequence)
                {
                    return false;
                }

                bindings[index] = binding;
                return true;
            }

            if (bindings.Count >= MaxBindings)
            {
                return false;
            }

            bindings.Add(binding);
            return true;
        }
    }

    /// <summary>Removes one binding, or all.</summary>
    /// <param name="user">The user part of the address.</param>
    /// <param name="contact">Which; null for all.</param>
    public void Remove(string user, SipUri? contact)
    {
        lock (_gate)
        {
            Current(user).RemoveAll(b => contact is null || b.Contact.Equals(contact));
            if (_bindings.TryGetValue(user, out var left) && left.Count == 0)
            {
                _bindings.Remove(user);
            }
        }
    }

    private List<Binding> Current(string user)
    {
        if (!_bindings.TryGetValue(user, out var bindings))
        {
            _bindings[user] = bindings = [];
        }

        var now = _time.GetUtcNow();
        bindings.RemoveAll(b => b.Expires <= now);
        return bindings;
    }
}
