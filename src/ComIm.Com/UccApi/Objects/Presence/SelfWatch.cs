using System.Xml.Linq;
using ComIm.Client.Accounts;
using ComIm.Client.Contacts;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>
/// The user's own categories, which the original's server kept and ComIm's account has: the contacts and their groups. Each
/// contact and each group is one instance in the container of the user's own.
/// </summary>
internal sealed class SelfWatch : IDisposable
{
    private readonly ContactList _contacts;
    private readonly UccPresentity _presentity;
    private readonly IReadOnlySet<string> _names;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Category, string Key), int> _instances = [];
    private bool _isOver;

    public SelfWatch(ImAccount account, UccPresentity presentity, IReadOnlySet<string> names)
    {
        _contacts = account.Contacts;
        _presentity = presentity;
        _names = names;
        _contacts.Added += OnChanged;
        _contacts.Changed += OnChanged;
        _contacts.Removed += OnChanged;
        Compare();
    }

    public void Dispose()
    {
        _contacts.Added -= OnChanged;
        _contacts.Changed -= OnChanged;
        _contacts.Removed -= OnChanged;
        lock (_gate)
        {
            _isOver = true;
        }
    }

    private void OnChanged(object? sender, ContactEventArgs e) => Compare();

    private void Compare()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            var contacts = _contacts.All;
            Compare(CategoryFactory.Groups, contacts.SelectMany(c => c.Groups).Distinct().Select(g => (g, GroupOf(g, contacts))));
            Compare(CategoryFactory.Contacts, contacts.Select(c => (c.Address, ContactOf(c))));
        }
    }

    private void Compare(string category, IEnumerable<(string Key, XElement Value)> values)
    {
        if (!_names.Contains(category))
        {
            return;
        }

        var there = values.ToList();
        foreach (var (key, value) in there)
        {
            if (!_instances.TryGetValue((category, key), out var id))
            {
                _instances[(category, key)] = id = _instances.Count + 1;
            }

            _presentity.Demand(category).Receive(UccConstants.UCC_SELF_CONTAINER_ID, id, value, isLocal: true);
        }

        foreach (var gone in _instances.Where(i => i.Key.Category == category && !there.Exists(t => t.Key == i.Key.Key)))
        {
            _presentity.Demand(category).Remove(UccConstants.UCC_SELF_CONTAINER_ID, gone.Value, UCC_CATEGORY_REMOVAL_REASON.UCCCRR_RECEIVED_NOTIFY);
        }
    }

    private static XElement ContactOf(Contact contact) => new(
        "contact",
        new XElement("uri", contact.Address),
        CategoryXml.Element("name", contact.DisplayName ?? ""),
        contact.Groups.Select(g => new XElement("group", g)));

    private static XElement GroupOf(string name, IReadOnlyList<Contact> contacts) => new(
        "group", new XElement("name", name), contacts.Where(c => c.Groups.Contains(name)).Select(c => new XElement("contact", c.Address)));
}
