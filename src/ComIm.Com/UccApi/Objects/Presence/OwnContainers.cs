using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>
/// The access levels of a user: those that every user of the original had, and those of the application. A SIP server of today
/// enforces one of them, <see cref="BlockedId"/>: who is in it sees nothing.
/// </summary>
internal sealed class OwnContainers
{
    /// <summary>The level of those who may see nothing.</summary>
    public const int BlockedId = 32000;

    private const int PublicId = 100;
    private const int CompanyId = 200;

    // More nobody means.
    private const int MaxContainers = 1_000;

    // The default, the user's own, and the levels that Communicator showed: public, company, team, personal.
    private static readonly int[] Standard =
        [UccConstants.UCC_DEFAULT_CONTAINER_ID, UccConstants.UCC_SELF_CONTAINER_ID, PublicId, CompanyId, 300, 400, BlockedId];

    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, UccContainer> _containers = [];
    private readonly OwnCategories _own;
    private readonly string _domain;

    public OwnContainers(OwnCategories own, string address, string domain)
    {
        (_own, _domain) = (own, domain);
        foreach (var id in Standard)
        {
            _containers[id] = Make(id);
        }

        Fill(UccConstants.UCC_DEFAULT_CONTAINER_ID, null, UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_EVERYONE);
        Fill(UccConstants.UCC_SELF_CONTAINER_ID, address, UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_USER);
        Fill(PublicId, null, UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_FEDERATED_ENTERPRISE);
        Fill(CompanyId, null, UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_COMPANY);

        void Fill(int id, string? uri, UCC_CONTAINER_MEMBERSHIP_SCOPE scope) => _containers[id].Change([new UccContainerMember(uri, scope)]);
    }

    /// <summary>The containers, by their numbers.</summary>
    public IReadOnlyList<UccContainer> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _containers.Values];
            }
        }
    }

    /// <summary>The container of this number, or null.</summary>
    public UccContainer? Find(int id)
    {
        lock (_gate)
        {
            return _containers.GetValueOrDefault(id);
        }
    }

    /// <summary>
    /// Whether what is published for a container may be shown to the users of the server, which is to say: to everybody, or to the
    /// company. Of a container that is not there nobody has said whom it is for: null.
    /// </summary>
    public bool? IsOpen(int id) => Find(id) is { } container ? Array.Exists(container.MembersNow, IsOpen) : null;

    /// <summary>A container was published: it has these members, or it is no more.</summary>
    public void Apply(UccContainer published)
    {
        var isRemoved = published.PublicationOperation == UCC_PUBLICATION_OPERATION_TYPE.UCCPOT_REMOVE;
        UccContainer? known;
        lock (_gate)
        {
            if (!_containers.TryGetValue(published.Id, out known) && !isRemoved)
            {
                _containers[published.Id] = known = _containers.Count < MaxContainers
                    ? Make(published.Id)
                    : throw new HResultException(HResults.InvalidArgument, $"There are {MaxContainers} containers already.");
            }

            if (isRemoved && !Standard.Contains(published.Id))
            {
                _containers.Remove(published.Id);
            }
        }

        known?.Change(isRemoved ? [] : [.. published.MembersNow.Select(Known)]);
    }

    /// <summary>Those are blocked, however they came to be.</summary>
    public void ShowBlocked(IEnumerable<string> addresses)
    {
        var blocked = Find(BlockedId)!;
        blocked.Change(
        [
            .. blocked.MembersNow.Where(m => m.Scope != UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_USER),
            .. addresses.Select(a => Known(new UccContainerMember(a, UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_USER))),
        ]);
    }

    /// <summary>The member that stands for somebody: itself, or the narrowest that includes it. Null where there is none.</summary>
    public UccContainerMember? Find(string? uri, UCC_CONTAINER_MEMBERSHIP_SCOPE scope, UCC_CONTAINER_MEMBER_MATCHING_TYPE matching)
    {
        if (!Enum.IsDefined(scope) || !Enum.IsDefined(matching))
        {
            throw new HResultException(HResults.InvalidArgument, "That is not a scope, or not a way to match.");
        }

        var sought = UccContainerMember.NameOf(uri);
        return All.SelectMany(c => c.MembersNow)
            .Where(m => (IsExact(m), matching) switch
            {
                (true, UCC_CONTAINER_MEMBER_MATCHING_TYPE.UCCCMMT_EXCLUDE_EXACT) => false,
                (false, UCC_CONTAINER_MEMBER_MATCHING_TYPE.UCCCMMT_EXACT) => false,
                _ => m.Covers(sought, scope, _domain),
            })
            .MinBy(m => m.Scope);

        bool IsExact(UccContainerMember m) => m.Scope == scope && m.Is(sought);
    }

    /// <summary>What somebody would see of a category: from the container that names them most narrowly, of several the highest.</summary>
    public IReadOnlyList<UccCategoryInstance> InstancesFor(string uri, string category, UCC_CONTAINER_MEMBERSHIP_SCOPE broadest) =>
        All.Select(c => (Container: c, Narrowest: NarrowestFor(uri, c)))
            .Where(c => c.Narrowest <= broadest)
            .OrderBy(c => c.Narrowest).ThenByDescending(c => c.Container.Id)
            .Select(c => c.Container.InstancesOf(category))
            .FirstOrDefault(i => i.Count > 0) ?? [];

    private UCC_CONTAINER_MEMBERSHIP_SCOPE? NarrowestFor(string uri, UccContainer container) =>
        container.MembersNow.Where(m => m.Covers(uri, UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_USER, _domain)).MinBy(m => m.Scope)?.Scope;

    private bool IsOpen(UccContainerMember member) =>
        member.Scope is UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_EVERYONE or UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_COMPANY
        || (member.Scope == UCC_CONTAINER_MEMBERSHIP_SCOPE.UCCCMS_DOMAIN && member.Is(_domain));

    // One object for one member, whatever containers it is in.
    private UccContainerMember Known(UccContainerMember member) =>
        All.SelectMany(c => c.MembersNow).FirstOrDefault(m => m.IsSame(member)) ?? member;

    private UccContainer Make(int id) => new(
        new CategoryPlace(CategoryFactory.Containers, UccConstants.UCC_SELF_CONTAINER_ID, id) { IsReceived = true, IsLocal = true, Version = 1 }, _own);
}
