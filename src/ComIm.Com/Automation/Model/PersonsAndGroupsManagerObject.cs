using System.Runtime.InteropServices;
using ComIm.Client.Contacts;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>The people as scripts see them.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImPersonsAndGroupsManager))]
internal sealed class PersonsAndGroupsManagerObject : DispatchObject, IComImPersonsAndGroupsManager
{
    private readonly Lock _gate = new();
    private readonly Application _owner;
    private readonly PersonsGroupObject _all;

    public PersonsAndGroupsManagerObject(Application owner)
    {
        _owner = owner;
        _all = new PersonsGroupObject("", item => AddAsync(item, null), item => RemoveAsync(item, null));
    }

    public IComImPerson MePerson => _owner.People.Me;

    public IComImPersonsGroup All => _all;

    public IComImPerson GetPerson(object person) => _owner.People.Get(People.AddressOf(person));

    /// <summary>The contacts are these now.</summary>
    internal void Take(IReadOnlyList<Contact> contacts)
    {
        lock (_gate)
        {
            foreach (var contact in contacts)
            {
                _owner.People.Get(contact.Address).Name(contact.DisplayName);
            }

            Show(_all.PersonList, contacts, isAll: true);
            var names = contacts.SelectMany(c => c.Groups).Distinct(StringComparer.Ordinal).ToList();
            foreach (var name in names)
            {
                if (_all.GroupList.FindByName(name) is not PersonsGroupObject group)
                {
                    group = new PersonsGroupObject(name, item => AddAsync(item, name), item => RemoveAsync(item, name));
                    _all.GroupList.Insert(name, group);
                }

                Show(group.PersonList, [.. contacts.Where(c => c.Groups.Contains(name))]);
            }

            foreach (var group in _all.GroupList.Snapshot().Where(g => !names.Contains(((PersonsGroupObject)g).Name.Value)))
            {
                Show(((PersonsGroupObject)group).PersonList, []);
                _all.GroupList.Delete(group);
            }
        }
    }

    private void Show(Collection persons, IReadOnlyList<Contact> contacts, bool isAll = false)
    {
        var wanted = contacts.Select(c => _owner.People.Get(c.Address)).ToList();
        foreach (var gone in persons.Snapshot().Where(person => !wanted.Contains(person)))
        {
            persons.Delete(gone);
            if (isAll)
            {
                _owner.Events.Raise(12, gone);
            }
        }

        foreach (var person in wanted.Where(person => persons.FindByName(person.Address) is null))
        {
            persons.Insert(person.Address, person);
            if (isAll)
            {
                _owner.Events.Raise(11, person);
            }
        }
    }

    private async Task<object?> AddAsync(object item, string? group)
    {
        var session = _owner.RequireSession();
        var contacts = session.Account!.Contacts;
        var address = People.AddressOf(item);
        var groups = group is null ? null : (contacts.Find(address)?.Groups ?? []).Append(group);
        var contact = await contacts.AddAsync(address, groups: groups).ConfigureAwait(false);
        await session.Account.FlushEventsAsync().ConfigureAwait(false);
        return _owner.People.Get(contact.Address);
    }

    private async Task RemoveAsync(object item, string? group)
    {
        var session = _owner.RequireSession();
        var contacts = session.Account!.Contacts;
        var address = People.AddressOf(item);
        if (group is null)
        {
            await contacts.RemoveAsync(address).ConfigureAwait(false);
        }
        else if (contacts.Find(address) is { } contact)
        {
            await contacts.AddAsync(address, groups: contact.Groups.Where(g => g != group)).ConfigureAwait(false);
        }

        await session.Account.FlushEventsAsync().ConfigureAwait(false);
    }
}
