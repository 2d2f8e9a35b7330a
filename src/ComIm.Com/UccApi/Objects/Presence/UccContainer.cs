using System.Runtime.InteropServices;
using System.Xml.Linq;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>
/// The category <c>containers</c>: an access level, what is published for it, and who may see it. Its number is its instance id.
/// </summary>
/// <exception cref="HResultException">E_INVALIDARG: the number is below zero.</exception>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccContainer : UccCategoryInstance, IUccContainer
{
    private const int MemberAddedEvent = 10900;
    private const int MemberRemovedEvent = 10901;

    private static readonly XNamespace Namespace = "http://schemas.microsoft.com/2006/09/sip/containers";

    private static readonly UccCoclass Class = new(
        "UccContainer", Guid.Empty, IsCreatable: false, typeof(IUccContainer),
        [typeof(IUccContainer), typeof(IUccCategoryInstance)], [typeof(_IUccContainerEvents), typeof(_IUccCategoryInstanceEvents)], typeof(_IUccContainerEvents));

    private readonly UccList<IUccContainerMember> _members = new("member");
    private readonly ConnectionPoint _containerEvents;
    private readonly OwnCategories? _own;

    /// <summary>A container to be published.</summary>
    public UccContainer(CategoryPlace place)
        : this(place, null)
    {
    }

    /// <summary>A container of the user's.</summary>
    public UccContainer(CategoryPlace place, OwnCategories? own)
        : base(Class, place.InstanceId >= 0 ? place : throw new HResultException(HResults.InvalidArgument, "Containers are numbered from 0 on."))
    {
        _own = own;
        _containerEvents = PointFor(typeof(_IUccContainerEvents));
    }

    public int Id => InstanceId;

    public IUccCollection Members => _members.ToCollection();

    /// <summary>The members of this moment.</summary>
    internal UccContainerMember[] MembersNow => [.. _members.Snapshot().OfType<UccContainerMember>()];

    public void AddMember(IUccContainerMember? pMember)
    {
        DemandPublishable();
        Add(pMember);
    }

    public void RemoveMember(IUccContainerMember? pMember)
    {
        DemandPublishable();
        Remove(Array.Find(MembersNow, m => pMember != null && m.Scope == pMember.Scope && m.Is(UccContainerMember.NameOf(pMember.Uri))));
    }

    public IUccCollection GetMembersWithScope(UCC_CONTAINER_MEMBERSHIP_SCOPE enScope) =>
        new UccCollection([.. _members.Snapshot().Where(m => m.Scope == enScope)]);

    public IUccCollection GetCategoryInstances(string? bstrCategoryName) => new UccCollection(InstancesOf(bstrCategoryName ?? ""));

    /// <summary>What the user has published for it.</summary>
    internal IReadOnlyList<UccCategoryInstance> InstancesOf(string category) =>
    [
        .. (_own?.Published ?? []).Where(c => c.ContainerId == Id && c.Name == category)
            .Select(c => CategoryFactory.Received(c, new CategoryPlace(c.Name, c.ContainerId, c.InstanceId) { IsReceived = true, IsLocal = true, Container = this })),
    ];

    /// <summary>It has these members now; it and they are told.</summary>
    internal void Change(IReadOnlyList<UccContainerMember> members)
    {
        var before = MembersNow;
        foreach (var gone in before.Where(m => !members.Any(m.IsSame)))
        {
            Remove(gone);
        }

        foreach (var added in members.Where(m => !before.Any(m.IsSame)))
        {
            Add(added);
        }
    }

    /// <inheritdoc/>
    internal override void Read(XElement value) => _members.Replace(value.Children("member").Select(UccContainerMember.Read).OfType<UccContainerMember>());

    /// <inheritdoc/>
    internal override XElement Write() => new(
        Namespace + "container", new XAttribute("id", Id), new XAttribute("version", Version), MembersNow.Select(m => m.Write(Namespace)));

    private void Add(IUccContainerMember? member)
    {
        _members.Add(member);
        (member as UccContainerMember)?.OnAdded(this);
        _containerEvents.Raise(MemberAddedEvent, this, new UccContainerMemberCollectionEvent(member!));
    }

    private void Remove(UccContainerMember? member)
    {
        _members.Remove(member);
        member!.OnRemoved(this);
        _containerEvents.Raise(MemberRemovedEvent, this, new UccContainerMemberCollectionEvent(member));
    }
}
