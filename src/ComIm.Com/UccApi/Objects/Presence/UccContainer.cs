using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>
/// An access level: what is published for it, and who may see it. A SIP server of today has no such levels, so the members are the
/// application's own notes, and whether somebody sees the user's presence is decided by the contact list's blocking.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccContainer : EventSourceObject, IUccContainer
{
    private const int MemberAddedEvent = 10900;
    private const int MemberRemovedEvent = 10901;

    private static readonly DispatchTable Table = DispatchTable.Flatten([typeof(IUccContainer)]);

    private readonly UccList<IUccContainerMember> _members = new("member");
    private readonly UccList<UccCategoryInstance> _instances = new("category instance");
    private readonly ConnectionPoint _events;

    /// <exception cref="HResultException">E_INVALIDARG: the number is below zero.</exception>
    public UccContainer(int id)
        : base(Table, [typeof(_IUccContainerEvents)])
    {
        Id = id >= 0 ? id : throw new HResultException(HResults.InvalidArgument, "Containers are numbered from 0 on.");
        _events = PointFor(typeof(_IUccContainerEvents));
    }

    public int Id { get; }

    public IUccCollection Members => _members.ToCollection();

    public void AddMember(IUccContainerMember? pMember)
    {
        _members.Add(pMember);
        (pMember as UccContainerMember)?.OnAdded(this);
        _events.Raise(MemberAddedEvent, this, new UccContainerMemberCollectionEvent(pMember!));
    }

    public void RemoveMember(IUccContainerMember? pMember)
    {
        _members.Remove(pMember);
        (pMember as UccContainerMember)?.OnRemoved(this);
        _events.Raise(MemberRemovedEvent, this, new UccContainerMemberCollectionEvent(pMember!));
    }

    public IUccCollection GetMembersWithScope(UCC_CONTAINER_MEMBERSHIP_SCOPE enScope) =>
        new UccCollection([.. _members.Snapshot().Where(m => m.Scope == enScope)]);

    public IUccCollection GetCategoryInstances(string? bstrCategoryName) =>
        new UccCollection([.. _instances.Snapshot().Where(i => i.CategoryName == bstrCategoryName)]);

    /// <summary>What has been published for it.</summary>
    internal void Add(UccCategoryInstance instance) => _instances.Add(instance);
}
