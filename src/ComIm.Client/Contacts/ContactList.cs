using ComIm.Client.Accounts;
using ComIm.Client.Presence;
using ComIm.Sip.Messages;

namespace ComIm.Client.Contacts;

/// <summary>The people that the user keeps, in the order in which they were added, each in any number of groups.</summary>
public sealed class ContactList
{
    private readonly ImAccount _account;
    private readonly Lock _gate = new();
    private readonly Dictionary<SipUri, Contact> _byAddress = [];
    private readonly List<Contact> _all = [];
    private readonly HashSet<SipUri> _blocked = [];

    internal ContactList(ImAccount account) => _account = account;

    /// <summary>All contacts.</summary>
    public IReadOnlyList<Contact> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _all];
            }
        }
    }

    /// <summary>The names of all groups that somebody is in.</summary>
    public IReadOnlyList<string> Groups => [.. All.SelectMany(c => c.Groups).Distinct(StringComparer.Ordinal)];

    /// <summary>The addresses of those who are blocked; they need not be contacts.</summary>
    public IReadOnlyList<string> Blocked
    {
        get
        {
            lock (_gate)
            {
                return [.. _blocked.Select(b => b.ToString())];
            }
        }
    }

    /// <summary>A contact was added.</summary>
    public event EventHandler<ContactEventArgs>? Added;

    /// <summary>A contact was removed.</summary>
    public event EventHandler<ContactEventArgs>? Removed;

    /// <summary>A contact has another name, other groups, or was blocked or unblocked.</summary>
    public event EventHandler<ContactEventArgs>? Changed;

    /// <summary>Adds somebody; one who is there already gets what is given here.</summary>
    /// <param name="address">A SIP URI; the scheme may be left out.</param>
    /// <param name="displayName">The name that the user gives them; null leaves that of a known contact.</param>
    /// <param name="groups">The groups that they are in; null leaves those of a known contact.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ImException">The address is none.</exception>
    public Task<Contact> AddAsync(
        string address, string? displayName = null, IEnumerable<string>? groups = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var uri = ImAddress.Parse(address).AddressOfRecord;
        IReadOnlyList<string>? asked = groups is null ? null : [.. groups.Distinct(StringComparer.Ordinal)];
        lock (_gate)
        {
            if (_byAddress.TryGetValue(uri, out var known))
            {
                known.DisplayName = displayName ?? known.DisplayName;
                known.Groups = asked ?? known.Groups;
                _account.Events.Post(Changed, this, new ContactEventArgs(known));
                return Task.FromResult(known);
            }

            var contact = new Contact(this, uri.ToString(), displayName, asked ?? []);
            _byAddress[uri] = contact;
            _all.Add(contact);
            _account.Events.Post(Added, this, new ContactEventArgs(contact));
            return Task.FromResult(contact);
        }
    }

    /// <summary>Removes somebody, and watches them no longer. Whether they are blocked stays as it is.</summary>
    /// <param name="address">A SIP URI; the scheme may be left out.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False where they were no contact.</returns>
    /// <exception cref="ImException">The address is none.</exception>
    public Task<bool> RemoveAsync(string address, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var uri = ImAddress.Parse(address).AddressOfRecord;
        lock (_gate)
        {
            if (!_byAddress.Remove(uri, out var contact))
            {
                return Task.FromResult(false);
            }

            _all.Remove(contact);
            contact.Watched?.Dispose();
            contact.Watched = null;
            _account.Events.Post(Removed, this, new ContactEventArgs(contact));
            return Task.FromResult(true);
        }
    }

    /// <summary>The contact of an address, or null.</summary>
    /// <param name="address">A SIP URI; the scheme may be left out.</param>
    /// <exception cref="ImException">The address is none.</exception>
    public Contact? Find(string address)
    {
        var uri = ImAddress.Parse(address).AddressOfRecord;
        lock (_gate)
        {
            return _byAddress.GetValueOrDefault(uri);
        }
    }

    internal bool IsBlocked(string address)
    {
        lock (_gate)
        {
            return _blocked.Contains(SipUri.Parse(address));
        }
    }

    internal Presentity PresenceOf(Contact contact)
    {
        lock (_gate)
        {
            return contact.Watched ??= _account.Presence.Watch(contact.Address);
        }
    }
}
