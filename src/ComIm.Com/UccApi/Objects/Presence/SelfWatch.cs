using System.Xml.Linq;
using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Client.Contacts;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>
/// The user's own categories, which the original's server kept and ComIm's account has: contacts, groups, those who watch, access
/// levels, settings, and what the user has published.
/// </summary>
internal sealed class SelfWatch : IDisposable
{
    private const int Own = UccConstants.UCC_SELF_CONTAINER_ID;

    private readonly ImAccount _account;
    private readonly UccPresentity _presentity;
    private readonly OwnCategories _own;
    private readonly IReadOnlySet<string> _names;
    private readonly Lock _gate = new();
    private bool _isOver;

    public SelfWatch(ImAccount account, UccPresentity presentity, IReadOnlySet<string> names)
    {
        _account = account;
        _presentity = presentity;
        _own = presentity.Endpoint.Own;
        _names = names;
        _account.Contacts.Added += OnContactChanged;
        _account.Contacts.Changed += OnContactChanged;
        _account.Contacts.Removed += OnContactChanged;
        _account.Presence.WatchersChanged += OnWatchersChanged;
        _own.Changed += Compare;
        if (names.Contains(CategoryFactory.Subscribers))
        {
            _ = FollowWatchersAsync();
        }

        Compare();
    }

    public void Dispose()
    {
        _account.Contacts.Added -= OnContactChanged;
        _account.Contacts.Changed -= OnContactChanged;
        _account.Contacts.Removed -= OnContactChanged;
        _account.Presence.WatchersChanged -= OnWatchersChanged;
        _own.Changed -= Compare;
        lock (_gate)
        {
            _isOver = true;
        }
    }

    // Where the server does not tell (RFC 3857), those who ask the account itself are still seen.
    private async Task FollowWatchersAsync()
    {
        try
        {
            await _account.Presence.FollowWatchersAsync().ConfigureAwait(false);
        }
        catch (ImException)
        {
            Compare();
        }
    }

    private void OnContactChanged(object? sender, ContactEventArgs e) => Compare();

    private void OnWatchersChanged(object? sender, EventArgs e) => Compare();

    private void Compare()
    {
        lock (_gate)
        {
            // Half of a change is not shown: its end brings us here again.
            if (_isOver || _own.IsChanging)
            {
                return;
            }

            var contacts = _account.Contacts.All;
            var groups = contacts.SelectMany(c => c.Groups).Concat(_own.Groups).Distinct();
            Compare(CategoryFactory.Groups, groups.Select(g => (g, GroupOf(g, contacts))));
            Compare(CategoryFactory.Contacts, contacts.Select(c => (c.Address, ContactOf(c))));
            Compare(CategoryFactory.Subscribers, _account.Presence.Watchers.Select(w => (w.Address, SubscriberOf(w.Address, w.IsPending))));
            CompareContainers();
            ComparePublished();
            ShowSettings();
        }
    }

    private void Compare(string category, IEnumerable<(string Key, XElement Value)> values)
    {
        if (!_names.Contains(category))
        {
            return;
        }

        var there = values.Select(v => (Id: _own.IdOf(category, v.Key), v.Value)).ToList();
        if (there.Count > 0 || _presentity.TryFindCategoryContext(category, out _))
        {
            var context = _presentity.Demand(category);
            context.Keep(i => there.Exists(t => t.Id == i.InstanceId), UCC_CATEGORY_REMOVAL_REASON.UCCCRR_RECEIVED_NOTIFY);
            there.ForEach(t => context.Receive(Own, t.Id, t.Value, isLocal: true));
        }
    }

    private void CompareContainers()
    {
        if (!_names.Contains(CategoryFactory.Containers))
        {
            return;
        }

        _own.Containers.ShowBlocked(_account.Presence.Blocked);
        var containers = _own.Containers.All;
        var context = _presentity.Demand(CategoryFactory.Containers);
        context.Keep(containers.Contains, UCC_CATEGORY_REMOVAL_REASON.UCCCRR_RECEIVED_NOTIFY);
        foreach (var container in containers)
        {
            context.Show(container);
        }
    }

    private void ComparePublished()
    {
        if (!_names.Contains(CategoryFactory.OwnCategories))
        {
            return;
        }

        var published = _own.Published;
        foreach (var context in _presentity.CategoryContexts.Cast<UccCategoryContext>().Where(c => !_names.Contains(c.Name)))
        {
            context.Keep(i => published.Any(c => c.Is(context.Name, i.ContainerId, i.InstanceId)), UCC_CATEGORY_REMOVAL_REASON.UCCCRR_RECEIVED_NOTIFY);
            if (context.Snapshot().Length == 0)
            {
                _presentity.Remove(context.Name, UCC_CATEGORY_REMOVAL_REASON.UCCCRR_RECEIVED_NOTIFY);
            }
        }

        // A category that is asked for by its name shows what others see of it.
        foreach (var category in published.Where(c => !_names.Contains(c.Name)))
        {
            var container = _own.Containers.Find(category.ContainerId)
                ?? new UccContainer(new CategoryPlace(CategoryFactory.Containers, Own, category.ContainerId) { IsReceived = true });
            _presentity.Demand(category.Name).Receive(category, container);
        }
    }

    private void ShowSettings()
    {
        if (_names.Contains(CategoryFactory.ServerConfiguration))
        {
            _presentity.Demand(CategoryFactory.ServerConfiguration);
        }

        foreach (var name in _names)
        {
            if (ProvisionedPolicies.Of(name) is { } policy)
            {
                _presentity.Demand(name).Receive(UccConstants.UCC_DEFAULT_CONTAINER_ID, 0, policy);
            }
        }
    }

    private XElement ContactOf(Contact contact) => new(
        "contact",
        new XElement("uri", contact.Address),
        CategoryXml.Element("name", contact.DisplayName ?? ""),
        WordsOf(CategoryFactory.Contacts, contact.Address),
        contact.Groups.Select(g => new XElement("group", g)));

    private XElement GroupOf(string name, IReadOnlyList<Contact> contacts) => new(
        "group",
        new XElement("name", name),
        WordsOf(CategoryFactory.Groups, name),
        contacts.Where(c => c.Groups.Contains(name)).Select(c => new XElement("contact", c.Address)));

    private object?[] WordsOf(string category, string key)
    {
        var words = _own.WordsOf(category, key);
        return [CategoryXml.Element("externalUri", words.ExternalUri), CategoryXml.Element("extension", words.Extension)];
    }

    private XElement SubscriberOf(string address, bool isPending) => new(
        "subscriber",
        isPending ? null : new XAttribute("acknowledged", "true"),
        address.EndsWith("@" + _presentity.Uri.Host, StringComparison.OrdinalIgnoreCase) ? new XAttribute("type", "sameEnterprise") : null,
        new XElement("uri", address));
}
