using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>Who may see what a container holds: a person, a domain, or everybody of a kind.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccContainerMember : EventSourceObject, IUccContainerMember
{
    private const int ContainerAddedEvent = 11000;
    private const int ContainerRemovedEvent = 11001;

    private static readonly string[] Types = ["user", "domain", "sameEnterprise", "federated", "publicCloud", "everyone"];

    private static readonly DispatchTable Table = DispatchTable.Flatten([typeof(IUccContainerMember), typeof(IScriptEvents)]);

    private readonly UccList<IUccContainer> _containers = new("container");
    private readonly ConnectionPoint _events;

    /// <exception cref="HResultException">E_INVALIDARG: a user or a domain is not named.</exception>
    public UccContainerMember(string? uri, UCC_CONTAINER_MEMBERSHIP_SCOPE scope)
        : base(Table, [typeof(_IUccContainerMemberEvents)])
    {
        var isNamed = scope is UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_USER or UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_DOMAIN;
        if (!Enum.IsDefined(scope) || (isNamed && string.IsNullOrWhiteSpace(uri)))
        {
            throw new HResultException(HResults.InvalidArgument, "A member is a user or a domain, which has a name, or a wider scope.");
        }

        (Uri, Scope) = (isNamed ? NameOf(uri) : "", scope);
        _events = PointFor(typeof(_IUccContainerMemberEvents));
    }

    public string Uri { get; }

    public UCC_CONTAINER_MEMBERSHIP_SCOPE Scope { get; }

    /// <summary>The containers that it is in, each number once: one that is to be published may stand beside the user's own.</summary>
    public IUccCollection Containers => new UccCollection([.. _containers.Snapshot().DistinctBy(c => c.Id)]);

    public bool IsInContainer(int lContainerID) => Array.Exists(_containers.Snapshot(), c => c.Id == lContainerID);

    public bool TryGetContainerWithCategory(string? bstrCategoryName, out IUccContainer? ppContainer) =>
        (ppContainer = Array.Find(_containers.Snapshot(), c => c.GetCategoryInstances(bstrCategoryName ?? "").Count > 0)) != null;

    /// <summary>Whether the other one stands for the same people, for more of them, for fewer, or for others.</summary>
    public UCC_CONTAINER_MEMBER_COMPARE_RESULT CompareTo(IUccContainerMember? pOtherMember)
    {
        if (pOtherMember == null)
        {
            throw new HResultException(HResults.InvalidArgument, "There is no member to compare with.");
        }

        var isSameUri = string.Equals(Uri, pOtherMember.Uri, StringComparison.OrdinalIgnoreCase);
        if (Scope == pOtherMember.Scope && isSameUri)
        {
            return UCC_CONTAINER_MEMBER_COMPARE_RESULT.UCCCMCR_SAME;
        }

        return Includes(Scope, Uri, pOtherMember) ? UCC_CONTAINER_MEMBER_COMPARE_RESULT.UCCCMCR_SUPERSET
            : Includes(pOtherMember.Scope, pOtherMember.Uri, this) ? UCC_CONTAINER_MEMBER_COMPARE_RESULT.UCCCMCR_SUBSET
            : UCC_CONTAINER_MEMBER_COMPARE_RESULT.UCCCMCR_DIFFERENT;
    }

    /// <summary>A container has taken it in.</summary>
    internal void OnAdded(IUccContainer container)
    {
        _containers.Add(container);
        _events.Raise(ContainerAddedEvent, this, new UccContainerMembershipEvent(container));
    }

    /// <summary>A container has let it go.</summary>
    internal void OnRemoved(IUccContainer container)
    {
        _containers.Remove(container);
        _events.Raise(ContainerRemovedEvent, this, new UccContainerMembershipEvent(container));
    }

    /// <summary>A user or a domain without the scheme.</summary>
    internal static string NameOf(string? uri)
    {
        var name = (uri ?? "").Trim();
        return name[(name.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) ? 4 : name.StartsWith("sips:", StringComparison.OrdinalIgnoreCase) ? 5 : 0)..];
    }

    /// <summary>Whether it is the one of this name.</summary>
    internal bool Is(string name) => string.Equals(Uri, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the other one stands for the same.</summary>
    internal bool IsSame(UccContainerMember other) => Scope == other.Scope && Is(other.Uri);

    /// <summary>Whether somebody, or all of a kind, are of it.</summary>
    /// <param name="name">A user or a domain; empty for a wider scope.</param>
    /// <param name="scope">What the name is.</param>
    /// <param name="company">The user's own domain.</param>
    internal bool Covers(string name, UCC_CONTAINER_MEMBERSHIP_SCOPE scope, string company)
    {
        var isNamed = scope is UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_USER or UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_DOMAIN;
        var isOurs = isNamed && string.Equals(name[(name.LastIndexOf('@') + 1)..], company, StringComparison.OrdinalIgnoreCase);
        return (scope == Scope && Is(name)) || Scope switch
        {
            UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_EVERYONE => true,
            UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_DOMAIN =>
                scope == UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_USER && name.EndsWith("@" + Uri, StringComparison.OrdinalIgnoreCase),
            UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_COMPANY => isOurs,
            UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_FEDERATED_ENTERPRISE => isNamed && !isOurs,
            _ => false,
        };
    }

    /// <summary>Reads a <c>member</c>; null where it is none.</summary>
    internal static UccContainerMember? Read(XElement element)
    {
        var scope = Array.IndexOf(Types, element.AttributeOf("type"));
        return scope < 0 || (scope <= (int)UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_DOMAIN && string.IsNullOrWhiteSpace(element.AttributeOf("value")))
            ? null
            : new UccContainerMember(element.AttributeOf("value"), (UCC_CONTAINER_MEMBERSHIP_SCOPE)scope);
    }

    /// <summary>Writes it ([MS-PRES] section 2.2.2).</summary>
    internal XElement Write(XNamespace ns) => new(ns + "member", new XAttribute("type", Types[(int)Scope]), CategoryXml.Attribute("value", Uri));

    private static bool Includes(UCC_CONTAINER_MEMBERSHIP_SCOPE scope, string uri, IUccContainerMember other) => scope switch
    {
        UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_EVERYONE => true,
        UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_DOMAIN => other.Scope == UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_USER
            && other.Uri.EndsWith("@" + uri, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
