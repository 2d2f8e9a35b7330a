using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>Who may see what a container holds: a person, a domain, or everybody of a kind.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccContainerMember : EventSourceObject, IUccContainerMember
{
    private const int ContainerAddedEvent = 11000;
    private const int ContainerRemovedEvent = 11001;

    private static readonly DispatchTable Table = DispatchTable.Flatten([typeof(IUccContainerMember)]);

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

        (Uri, Scope) = (isNamed ? uri! : "", scope);
        _events = PointFor(typeof(_IUccContainerMemberEvents));
    }

    public string Uri { get; }

    public UCC_CONTAINER_MEMBERSHIP_SCOPE Scope { get; }

    public IUccCollection Containers => _containers.ToCollection();

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

    private static bool Includes(UCC_CONTAINER_MEMBERSHIP_SCOPE scope, string uri, IUccContainerMember other) => scope switch
    {
        UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_EVERYONE => true,
        UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_DOMAIN => other.Scope == UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_USER
            && other.Uri.EndsWith("@" + uri, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
