using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>The category <c>contacts</c>: one person of the user's list, and the groups that they are in.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccContact : UccCategoryInstance, IUccContact
{
    private const int NameChangedEvent = 10700;
    private const int ExternalUriChangedEvent = 10701;
    private const int AddedToGroupEvent = 10702;
    private const int RemovedFromGroupEvent = 10703;
    private const int ExtensionChangedEvent = 10704;

    private readonly UccList<IUccGroup> _groups = new("group");
    private readonly ConnectionPoint _contactEvents;
    private IUccUri? _uri;
    private string _name = "";
    private string _externalUri = "";
    private string _extension = "";

    public UccContact(CategoryPlace place)
        : base(UccCoclasses.UccContact, place) => _contactEvents = PointFor(typeof(_IUccContactEvents));

    public IUccUri? Uri
    {
        get => _uri;
        set => Set(ref _uri, value);
    }

    public string Name
    {
        get => _name;
        set => Set(ref _name, value ?? "");
    }

    public string ExternalUri
    {
        get => _externalUri;
        set => Set(ref _externalUri, value ?? "");
    }

    /// <summary>The application's own words.</summary>
    public string ContactExtension
    {
        get => _extension;
        set => Set(ref _extension, value ?? "");
    }

    public IUccCollection Groups => _groups.ToCollection();

    /// <summary>The address, for the contact list.</summary>
    /// <exception cref="HResultException">UCC_E_INVALID_SIP_URL: there is none.</exception>
    internal string Address => _uri?.Value ?? throw new HResultException(UccHResults.UCC_E_INVALID_SIP_URL, "The contact has no Uri.");

    /// <summary>The names of the groups, for the contact list.</summary>
    internal IEnumerable<string> GroupNames => _groups.Snapshot().Select(g => g.Name);

    public void AddToGroup(IUccGroup? pGroup)
    {
        DemandPublishable();
        _groups.Add(pGroup);
    }

    public void RemoveFromGroup(IUccGroup? pGroup)
    {
        DemandPublishable();
        var name = pGroup?.Name;
        _groups.Remove(Array.Find(_groups.Snapshot(), g => g.Name == name));
    }

    /// <inheritdoc/>
    internal override void Receive(XElement value, int version, DateTime publishedTime)
    {
        var (oldName, oldUri, oldExtension, oldGroups) = (_name, _externalUri, _extension, _groups.Snapshot());
        base.Receive(value, version, publishedTime);
        RaiseIf(_name != oldName, NameChangedEvent);
        RaiseIf(_externalUri != oldUri, ExternalUriChangedEvent);
        RaiseIf(_extension != oldExtension, ExtensionChangedEvent);
        var groups = _groups.Snapshot();
        foreach (var added in groups.ExceptBy(oldGroups.Select(g => g.Name), g => g.Name))
        {
            _contactEvents.Raise(AddedToGroupEvent, this, new UccGroupMembershipEvent(added));
        }

        foreach (var removed in oldGroups.ExceptBy(groups.Select(g => g.Name), g => g.Name))
        {
            _contactEvents.Raise(RemovedFromGroupEvent, this, new UccGroupMembershipEvent(removed));
        }
    }

    /// <inheritdoc/>
    internal override void Read(XElement value)
    {
        _uri = value.TextOf("uri") is { Length: > 0 } uri ? UccUri.Parse(uri) : null;
        _name = value.TextOf("name");
        _externalUri = value.TextOf("externalUri");
        _extension = value.TextOf("extension");
        _groups.Replace(value.Children("group").Select(g => UccGroup.Named(g.Value)));
    }

    /// <inheritdoc/>
    internal override XElement Write() => new(
        "contact",
        CategoryXml.Element("uri", _uri?.Value ?? ""),
        CategoryXml.Element("name", _name),
        CategoryXml.Element("externalUri", _externalUri),
        CategoryXml.Element("extension", _extension),
        GroupNames.Select(n => new XElement("group", n)));

    private void RaiseIf(bool holds, int dispId)
    {
        if (holds)
        {
            _contactEvents.Raise(dispId, this, null);
        }
    }
}
