using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>The category <c>contactCard</c>: who somebody is and how else they are reached.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed partial class UccPresenceContactCardInstance(CategoryPlace place)
    : UccCategoryInstance(UccCoclasses.UccPresenceContactCardInstance, place), IUccPresenceContactCardInstance
{
    private static readonly XNamespace Namespace = "http://schemas.microsoft.com/2006/09/sip/contactcard";

    private UccPresenceContactCardIdentity _identity = new("", []);
    private string _company = "";
    private string _department = "";
    private string _title = "";
    private string _officeLocation = "";
    private bool _isAutomaton;

    public IUccPresenceContactCardIdentity Identity => _identity;

    public string Company
    {
        get => _company;
        set => Set(ref _company, value ?? "");
    }

    public string Department
    {
        get => _department;
        set => Set(ref _department, value ?? "");
    }

    public string Title
    {
        get => _title;
        set => Set(ref _title, value ?? "");
    }

    public string OfficeLocation
    {
        get => _officeLocation;
        set => Set(ref _officeLocation, value ?? "");
    }

    /// <summary>Whether a program answers.</summary>
    public bool IsAutomaton
    {
        get => _isAutomaton;
        set => Set(ref _isAutomaton, value);
    }

    public void RemoveAllData()
    {
        DemandPublishable();
        Read(new XElement(Namespace + "contactCard"));
    }

    /// <inheritdoc/>
    internal override void Read(XElement value)
    {
        var identity = value.Child("identity");
        _identity = new UccPresenceContactCardIdentity(
            identity?.Child("name")?.TextOf("displayName") ?? "",
            [.. identity?.Children("email").Select(e => e.Value) ?? []]);
        _company = value.TextOf("company");
        _department = value.TextOf("department");
        _title = value.TextOf("title");
        _officeLocation = value.TextOf("office");
        _isAutomaton = value.TextOf("automaton") is "true" or "1";
        _addresses.Replace(value.Children("address").Select(UccPresenceContactCardAddress.Read));
        _urls.Replace(value.Children("url").Select(UccPresenceContactCardUrl.Read));
        _phones.Replace(value.Children("phone").Select(UccPresenceContactCardPhone.Read));
    }

    /// <inheritdoc/>
    internal override XElement Write() => new(
        Namespace + "contactCard",
        _identity is { DisplayName: "", Addresses: [] } ? null : new XElement(
            Namespace + "identity",
            new XElement(Namespace + "name", new XElement(Namespace + "displayName", _identity.DisplayName)),
            _identity.Addresses.Select(a => new XElement(Namespace + "email", a))),
        CategoryXml.Element(Namespace + "company", _company),
        CategoryXml.Element(Namespace + "department", _department),
        CategoryXml.Element(Namespace + "title", _title),
        CategoryXml.Element(Namespace + "office", _officeLocation),
        _isAutomaton ? new XElement(Namespace + "automaton", "true") : null,
        _addresses.Snapshot().Select(a => UccPresenceContactCardAddress.Write(a, Namespace)),
        _urls.Snapshot().Select(u => UccPresenceContactCardUrl.Write(u, Namespace)),
        _phones.Snapshot().Select(p => UccPresenceContactCardPhone.Write(p, Namespace)));
}
