using ComIm.Client.Accounts;
using ComIm.Client.Presence;
using ComIm.Client.Storage;
using ComIm.Sip.Messages;

namespace ComIm.Client.Contacts;

/// <summary>
/// The people that the user keeps, in the order in which they were added, each in any number of groups. Kept across runs under
/// <see cref="ImClientOptions.DataDirectory"/>.
/// </summary>
public sealed class ContactList
{
    /// <summary>How many contacts there may be.</summary>
    internal const int MaxCount = 10_000;

    private const int MaxGroups = 100;
    private const int MaxText = 256;

    private readonly ImAccount _account;
    private readonly AccountStore _store;
    private readonly Lock _gate = new();
    private readonly Dictionary<SipUri, Contact> _byAddress = [];
    private List<Contact> _all = [];

    internal ContactList(ImAccount account, AccountStore store)
    {
        _account = account;
        _store = store;
        Reflect();
    }

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

    /// <summary>What was wrong with the file of contacts when the account signed in, and what was done; null where nothing was.</summary>
    public ImException? LoadFailure => _store.LoadFailure;

    /// <summary>A contact was added.</summary>
    public event EventHandler<ContactEventArgs>? Added;

    /// <summary>A contact was removed.</summary>
    public event EventHandler<ContactEventArgs>? Removed;

    /// <summary>A contact has another name or other groups, or was blocked or unblocked.</summary>
    public event EventHandler<ContactEventArgs>? Changed;

    /// <summary>Adds somebody; one who is there already gets what is given here.</summary>
    /// <param name="address">A SIP URI; the scheme may be left out.</param>
    /// <param name="displayName">The name that the user gives them; null leaves that of a known contact, an empty one takes it away.</param>
    /// <param name="groups">The groups that they are in; null leaves those of a known contact.</param>
    /// <param name="cancellationToken">Stops waiting; it may still be done.</param>
    /// <exception cref="ImException">The address is none, or the list could not be written and is as it was.</exception>
    /// <exception cref="ArgumentException">A name is longer than 256 characters, or there are more than 100 groups.</exception>
    public async Task<Contact> AddAsync(
        string address, string? displayName = null, IEnumerable<string>? groups = null, CancellationToken cancellationToken = default)
    {
        var uri = ImAddress.Parse(address).AddressOfRecord;
        IReadOnlyList<string>? asked = groups is null ? null : [.. groups.Select(g => g.Trim()).Where(g => g.Length > 0).Distinct(StringComparer.Ordinal)];
        Check(displayName, asked ?? []);
        await ChangeAsync(contacts => With(contacts, uri, displayName, asked), cancellationToken).ConfigureAwait(false);
        return Find(uri.ToString())!;
    }

    /// <summary>Removes somebody, and watches them no longer. Whether they are blocked stays as it is.</summary>
    /// <param name="address">A SIP URI; the scheme may be left out.</param>
    /// <param name="cancellationToken">Stops waiting; it may still be done.</param>
    /// <returns>False where they were no contact.</returns>
    /// <exception cref="ImException">The address is none, or the list could not be written and is as it was.</exception>
    public async Task<bool> RemoveAsync(string address, CancellationToken cancellationToken = default)
    {
        if (Find(address) is not { } contact)
        {
            return false;
        }

        await ChangeAsync(contacts => [.. contacts.Where(c => c.Address != contact.Address)], cancellationToken).ConfigureAwait(false);
        return true;
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

    internal bool IsBlocked(string address) => _account.Presence.IsBlocked(address);

    internal Presentity PresenceOf(Contact contact)
    {
        lock (_gate)
        {
            return contact.Watched ??= _account.Presence.Watch(contact.Address);
        }
    }

    /// <summary>Somebody was blocked or unblocked.</summary>
    internal void OnRuleChanged(SipUri address)
    {
        lock (_gate)
        {
            if (_byAddress.TryGetValue(address, out var contact))
            {
                _account.Events.Post(Changed, this, new ContactEventArgs(contact));
            }
        }
    }

    private async Task ChangeAsync(Func<IReadOnlyList<ContactData>, IReadOnlyList<ContactData>> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var written = _store.UpdateAsync(data => data with { Contacts = change(data.Contacts) });
        var reflected = written.ContinueWith(_ => Reflect(), TaskScheduler.Default);
        await written.WaitAsync(cancellationToken).ConfigureAwait(false);
        await reflected.ConfigureAwait(false);
    }

    private IReadOnlyList<ContactData> With(IReadOnlyList<ContactData> contacts, SipUri uri, string? displayName, IReadOnlyList<string>? groups)
    {
        string text;
        lock (_gate)
        {
            text = _byAddress.TryGetValue(uri, out var known) ? known.Address : uri.ToString();
        }

        var name = string.IsNullOrWhiteSpace(displayName) ? null : displayName.Trim();
        if (contacts.FirstOrDefault(c => c.Address == text) is { } old)
        {
            var changed = old with { DisplayName = displayName is null ? old.DisplayName : name, Groups = groups ?? old.Groups };
            return [.. contacts.Select(c => c == old ? changed : c)];
        }

        return contacts.Count < MaxCount
            ? [.. contacts, new ContactData(text, name, groups ?? [])]
            : throw AccountFolder.Failure($"There are {MaxCount} contacts already; remove some first.");
    }

    /// <summary>Makes the list what is kept, and tells what has changed by it.</summary>
    private void Reflect()
    {
        lock (_gate)
        {
            var kept = new List<Contact>();
            foreach (var data in _store.Current.Contacts)
            {
                // What is no address stays in the file, where somebody may mend it.
                if (SipUri.TryParse(data.Address, out var uri))
                {
                    kept.Add(Reflect(uri.AddressOfRecord, data));
                }
            }

            foreach (var contact in _all.Except(kept))
            {
                _byAddress.Remove(SipUri.Parse(contact.Address));
                contact.Watched?.Dispose();
                contact.Watched = null;
                _account.Events.Post(Removed, this, new ContactEventArgs(contact));
            }

            _all = [.. kept.Distinct()];
        }
    }

    private Contact Reflect(SipUri uri, ContactData data)
    {
        if (!_byAddress.TryGetValue(uri, out var contact))
        {
            contact = new Contact(this, data.Address, data.DisplayName, data.Groups);
            _byAddress[uri] = contact;
            _account.Events.Post(Added, this, new ContactEventArgs(contact));
        }
        else if (contact.DisplayName != data.DisplayName || !contact.Groups.SequenceEqual(data.Groups))
        {
            (contact.DisplayName, contact.Groups) = (data.DisplayName, data.Groups);
            _account.Events.Post(Changed, this, new ContactEventArgs(contact));
        }

        return contact;
    }

    private static void Check(string? displayName, IReadOnlyList<string> groups)
    {
        if (displayName?.Length > MaxText || groups.Any(g => g.Length > MaxText))
        {
            throw new ArgumentException($"A name has at most {MaxText} characters.");
        }

        if (groups.Count > MaxGroups)
        {
            throw new ArgumentException($"A contact is in at most {MaxGroups} groups.", nameof(groups));
        }
    }
}
