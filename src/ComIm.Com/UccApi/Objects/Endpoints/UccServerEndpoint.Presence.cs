using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Presence;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>Presence: what others say is subscribed to, what the user says is published.</summary>
internal sealed partial class UccServerEndpoint : IUccSubscriptionManager, IUccPublicationManager
{
    private static readonly string[] CategoryNames =
    [
        CategoryFactory.State, CategoryFactory.Note, "calendarData", "device", "services", CategoryFactory.ContactCard,
        "serverConfiguration", "meetingPolicy", "ucPolicy", "userProperties", "routing",
    ];

    public IUccSubscription CreateSubscription(IUccContext? pContext)
    {
        DemandAccount();
        return new UccSubscription(this, pContext);
    }

    public IUccContainer CreateContainer(int lContainerID) => new UccContainer(lContainerID);

    /// <summary>An instance to be filled and published. Container and instance are the application's to choose.</summary>
    public IUccCategoryInstance CreatePublishableCategoryInstance(
        string? bstrCategoryName, int lContainerID, int lInstance, UCC_CATEGORY_INSTANCE_EXPIRE_TYPE enExpireType, int lExpireTime)
    {
        DemandAccount();
        if (string.IsNullOrWhiteSpace(bstrCategoryName) || !Enum.IsDefined(enExpireType) || lContainerID < 0 || lExpireTime < 0)
        {
            throw new HResultException(
                HResults.InvalidArgument, "A category has a name, a container from 0 on, an expire type, and a time that is not below zero.");
        }

        return CategoryFactory.Create(new CategoryPlace(bstrCategoryName, lContainerID, lInstance)
        {
            ExpireType = enExpireType,
            ExpiryTime = lExpireTime,
            IsLocal = true,
        });
    }

    public IUccContainerMember CreateContainerMember(string? bstrUri, UCC_CONTAINER_MEMBERSHIP_SCOPE enScope) => new UccContainerMember(bstrUri, enScope);

    public IUccPublication CreatePublication()
    {
        DemandAccount();
        return new UccPublication(this);
    }

    public string GetPresenceCategoryName(UCC_PRESENCE_CATEGORY_TYPE enType) => CategoryNames.ElementAtOrDefault((int)enType)
        ?? throw new HResultException(HResults.InvalidArgument, $"{(int)enType} is not a UCC_PRESENCE_CATEGORY_TYPE.");
}
