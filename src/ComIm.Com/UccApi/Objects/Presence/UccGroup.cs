using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>The category <c>groups</c>: a group of the user's list, and who is in it.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccGroup : UccCategoryInstance, IUccGroup
{
    private const int NameChangedEvent = 10800;
    private const int ExternalUriChangedEvent = 10801;
    private const int ContactAddedEvent = 10802;
    private const int ContactRemovedEvent = 10803;
    private const int ExtensionChangedEvent = 10804;

    private readonly UccList<IUccContact> _contacts = new("contact");
    private readonly ConnectionPoint _groupEvents;
    private string _name = "";
    private string _externalUri = "";
    private string _extension = "";
    private string _privateId = "";
    private UCC_GROUP_TYPE _type;

    public UccGroup(CategoryPlace place)
        : base(UccCoclasses.UccGroup, place) => _groupEvents = PointFor(typeof(_IUccGroupEvents));

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

    public IUccCollection Contacts => _contacts.ToCollection();

    /// <summary>A group of the user's own; distribution groups belong to a directory.</summary>
    public UCC_GROUP_TYPE GroupType
    {
        get => _type;
        set => Set(ref _type, value);
    }

    public string PrivateId
    {
        get => _privateId;
        set => Set(ref _privateId, value ?? "");
    }

    /// <summary>The application's own words.</summary>
    public string GroupExtension
    {
        get => _extension;
        set => Set(ref _extension, value ?? "");
    }

    /// <summary>A group that is known by its name.</summary>
    public static UccGroup Named(string name) =>
        new(new CategoryPlace(CategoryFactory.Groups, UccConstants.UCC_SELF_CONTAINER_ID, 0)) { Name = name };

    public void AddContact(IUccContact? pContact)
    {
        DemandPublishable();
        _contacts.Add(pContact);
    }

    public void RemoveContact(IUccContact? pContact)
    {
        DemandPublishable();
        var uri = pContact?.Uri?.Value;
        _contacts.Remove(Array.Find(_contacts.Snapshot(), c => c.Uri?.Value == uri));
    }

    /// <inheritdoc/>
    internal override void Receive(XElement value, int version, DateTime publishedTime)
    {
        var (oldName, oldUri, oldExtension, before) = (_name, _externalUri, _extension, _contacts.Snapshot());
        base.Receive(value, version, publishedTime);
        RaiseIf(_name != oldName, NameChangedEvent);
        RaiseIf(_externalUri != oldUri, ExternalUriChangedEvent);
        RaiseIf(_extension != oldExtension, ExtensionChangedEvent);
        var after = _contacts.Snapshot();
        foreach (var added in after.ExceptBy(before.Select(c => c.Uri?.Value), c => c.Uri?.Value))
        {
            _groupEvents.Raise(ContactAddedEvent, this, new UccContactCollectionEvent(added));
        }

        foreach (var removed in before.ExceptBy(after.Select(c => c.Uri?.Value), c => c.Uri?.Value))
        {
            _groupEvents.Raise(ContactRemovedEvent, this, new UccContactCollectionEvent(removed));
        }
    }

    /// <inheritdoc/>
    internal override void Read(XElement value)
    {
        _name = value.TextOf("name");
        _externalUri = value.TextOf("externalUri");
        _extension = value.TextOf("extension");
        _privateId = value.TextOf("privateId");
        _type = value.AttributeOf("type") == "distribution" ? UCC_GROUP_TYPE.UCCGT_DISTRIBUTION_GROUP : UCC_GROUP_TYPE.UCCGT_USER_DEFINED_GROUP;
        _contacts.Replace(value.Children("contact").Select(Member));
    }

    /// <inheritdoc/>
    internal override XElement Write() => new(
        "group",
        _type == UCC_GROUP_TYPE.UCCGT_DISTRIBUTION_GROUP ? new XAttribute("type", "distribution") : null,
        CategoryXml.Element("name", _name),
        CategoryXml.Element("externalUri", _externalUri),
        CategoryXml.Element("extension", _extension),
        CategoryXml.Element("privateId", _privateId),
        _contacts.Snapshot().Select(c => new XElement("contact", c.Uri?.Value ?? "")));

    /// <summary>Whether somebody is in it.</summary>
    internal bool Has(string address) => Array.Exists(_contacts.Snapshot(), c => c.Uri?.AddressOfRecord == address);

    /// <summary>Whether somebody was in what it is a copy of, and is no longer.</summary>
    internal bool HasLost(string address) => !Has(address) && OriginalValue?.Children("contact").Any(c => c.Value == address) == true;

    private void RaiseIf(bool holds, int dispId)
    {
        if (holds)
        {
            _groupEvents.Raise(dispId, this, null);
        }
    }

    private static UccContact Member(XElement element)
    {
        var contact = new UccContact(new CategoryPlace(CategoryFactory.Contacts, UccConstants.UCC_SELF_CONTAINER_ID, 0));
        contact.Read(new XElement("contact", new XElement("uri", element.Value)));
        return contact;
    }
}
