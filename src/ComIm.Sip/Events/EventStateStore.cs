using ComIm.Sip.Dialogs;

namespace ComIm.Sip.Events;

/// <summary>
/// The server's side of PUBLISH (RFC 3903 section 6): which state each resource has, under which entity tags, until when. It knows
/// neither messages nor a clock; the time is given. Not safe for use by several threads.
/// </summary>
/// <param name="newTag">Makes entity tags that nobody can guess and none twice.</param>
/// <param name="limits">What is too much; null for the defaults.</param>
public sealed class EventStateStore(Func<string> newTag, EventStateLimits? limits = null)
{
    private readonly EventStateLimits _limits = limits ?? new EventStateLimits();
    private readonly Dictionary<(string Resource, string Package), List<EventStateEntry>> _states = [];

    /// <summary>Takes a PUBLISH.</summary>
    /// <param name="resource">The address of record, normalised by the caller.</param>
    /// <param name="package">The event package.</param>
    /// <param name="ifMatch">SIP-If-Match; null where it is missing.</param>
    /// <param name="asked">Expires; null where it is missing.</param>
    /// <param name="body">The state; null where there is none.</param>
    /// <param name="now">The time.</param>
    public EventStateResult Publish(string resource, string package, string? ifMatch, TimeSpan? asked, SessionBody? body, DateTimeOffset now)
    {
        var key = (resource, package);
        var lifetime = asked ?? _limits.DefaultLifetime;
        if (lifetime > TimeSpan.Zero && lifetime < _limits.MinLifetime)
        {
            return new EventStateResult(423, null, _limits.MinLifetime, false);
        }

        lifetime = lifetime < _limits.MaxLifetime ? lifetime : _limits.MaxLifetime;
        Sweep(key, now);
        var entries = _states.GetValueOrDefault(key);
        return ifMatch is null
            ? Create(key, entries, lifetime, body, now)
            : Change(key, entries, ifMatch, lifetime, body, now);
    }

    /// <summary>The states of a resource, oldest publication first; composing them is the presence agent's.</summary>
    /// <param name="resource">The address of record.</param>
    /// <param name="package">The event package.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<SessionBody> Find(string resource, string package, DateTimeOffset now) =>
        _states.TryGetValue((resource, package), out var entries) ? [.. entries.Where(e => e.Ends > now).Select(e => e.Body)] : [];

    /// <summary>What there is of a resource, to be kept elsewhere and given to <see cref="Restore"/>.</summary>
    /// <param name="resource">The address of record.</param>
    /// <param name="package">The event package.</param>
    public IReadOnlyList<EventStateEntry> Read(string resource, string package) => [.. _states.GetValueOrDefault((resource, package)) ?? []];

    /// <summary>Takes up what was kept, with its entity tags, so that whoever published it goes on as before.</summary>
    /// <param name="resource">The address of record.</param>
    /// <param name="package">The event package.</param>
    /// <param name="entries">What was kept; what has expired or is too much is left out.</param>
    /// <param name="now">The time.</param>
    public void Restore(string resource, string package, IEnumerable<EventStateEntry> entries, DateTimeOffset now)
    {
        var kept = entries.Where(e => e.Ends > now).Take(_limits.MaxPerResource).ToList();
        if (kept.Count > 0)
        {
            _states[(resource, package)] = kept;
        }
    }

    /// <summary>Forgets what has expired.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The resources and packages whose state has changed by it.</returns>
    public IReadOnlyList<(string Resource, string Package)> Expire(DateTimeOffset now) => [.. _states.Keys.ToArray().Where(key => Sweep(key, now))];

    /// <summary>When the next publication expires; null where there is none.</summary>
    public DateTimeOffset? NextExpiry => _states.Count == 0 ? null : _states.Values.SelectMany(e => e).Min(e => e.Ends);

    private EventStateResult Create(
        (string Resource, string Package) key, List<EventStateEntry>? entries, TimeSpan lifetime, SessionBody? body, DateTimeOffset now)
    {
        if (body is null)
        {
            // Without a tag it is the first, and the first has a state (section 4.1, table 1).
            return new EventStateResult(400, null, TimeSpan.Zero, false);
        }

        if (entries?.Count >= _limits.MaxPerResource)
        {
            return new EventStateResult(503, null, TimeSpan.Zero, false);
        }

        if (IsTooMuch(entries, null, body))
        {
            return new EventStateResult(413, null, TimeSpan.Zero, false);
        }

        var entry = new EventStateEntry(newTag(), body, now + lifetime);
        if (lifetime == TimeSpan.Zero)
        {
            return new EventStateResult(200, entry.Tag, lifetime, false);
        }

        if (entries is null)
        {
            _states[key] = entries = [];
        }

        entries.Add(entry);
        return new EventStateResult(200, entry.Tag, lifetime, true);
    }

    private EventStateResult Change(
        (string Resource, string Package) key, List<EventStateEntry>? entries, string ifMatch, TimeSpan lifetime, SessionBody? body, DateTimeOffset now)
    {
        var index = entries?.FindIndex(e => string.Equals(e.Tag, ifMatch, StringComparison.Ordinal)) ?? -1;
        if (index < 0)
        {
            return new EventStateResult(412, null, TimeSpan.Zero, false);
        }

        if (IsTooMuch(entries, entries![index], body))
        {
            return new EventStateResult(413, null, TimeSpan.Zero, false);
        }

        // Every success makes a new tag, also a refresh and a removal (section 6 step 6).
        var tag = newTag();
        if (lifetime == TimeSpan.Zero)
        {
            entries.RemoveAt(index);
            if (entries.Count == 0)
            {
                _states.Remove(key);
            }

            return new EventStateResult(200, tag, lifetime, true);
        }

        entries[index] = new EventStateEntry(tag, body ?? entries[index].Body, now + lifetime);
        return new EventStateResult(200, tag, lifetime, body is not null);
    }

    private bool IsTooMuch(List<EventStateEntry>? entries, EventStateEntry? replaced, SessionBody? body) =>
        body is not null && (entries ?? []).Where(e => e != replaced).Sum(e => (long)e.Body.Content.Length) + body.Content.Length > _limits.MaxBytesPerResource;

    private bool Sweep((string Resource, string Package) key, DateTimeOffset now)
    {
        if (!_states.TryGetValue(key, out var entries) || entries.RemoveAll(e => e.Ends <= now) == 0)
        {
            return false;
        }

        if (entries.Count == 0)
        {
            _states.Remove(key);
        }

        return true;
    }
}
