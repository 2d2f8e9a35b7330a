using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>
/// The category <c>containers</c> of the user, which manages who is in them. The documentation does not say what is asked for
/// IUccContainerMembershipManager: here it is this category, as it is <c>serverConfiguration</c> for the server's settings.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccContainersCategory(UccPresentity presentity, string name)
    : UccCategoryContext(Class, presentity, name), IUccContainerMembershipManager
{
    private static readonly UccCoclass Class = new(
        "UccContainersCategory", Guid.Empty, IsCreatable: false, typeof(IUccCategoryContext),
        [typeof(IUccCategoryContext), typeof(IUccContainerMembershipManager)], [typeof(_IUccCategoryContextEvents)], typeof(_IUccCategoryContextEvents));

    private readonly OwnContainers _containers = presentity.Endpoint.Own.Containers;

    public bool TryFindContainerMember(
        string? bstrUri, UCC_CONTAINER_MEMBERSHIP_SCOPE enScope, UCC_CONTAINER_MEMBER_MATCHING_TYPE enMatchingType, out IUccContainerMember? ppContainerMember) =>
        (ppContainerMember = _containers.Find(bstrUri, enScope, enMatchingType)) != null;

    /// <summary>What somebody sees of a category of the user's.</summary>
    public IUccCollection GetCategoryInstancesForUri(IUccUri? pUri, string? bstrCategoryName, UCC_CONTAINER_MEMBERSHIP_SCOPE enBroaderScope) =>
        pUri == null || string.IsNullOrEmpty(bstrCategoryName) || !Enum.IsDefined(enBroaderScope)
            ? throw new HResultException(HResults.InvalidArgument, "What somebody sees needs their URI, a category and a scope.")
            : new UccCollection(_containers.InstancesFor(UccContainerMember.NameOf(pUri.UserAtHost), bstrCategoryName, enBroaderScope));
}
