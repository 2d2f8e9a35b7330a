using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Presence;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>Presence: what others say is subscribed to, what the user says is published.</summary>
internal sealed partial class UccServerEndpoint : IUccSubscriptionManager, IUccPublicationManager
{
    private const int PublicationRequiredEvent = 10000;

    private static readonly string[] CategoryNames =
    [
        CategoryFactory.State, CategoryFactory.Note, CategoryFactory.CalendarData, CategoryFactory.Device, CategoryFactory.Services,
        CategoryFactory.ContactCard, CategoryFactory.ServerConfiguration, CategoryFactory.MeetingPolicy, CategoryFactory.UcPolicy,
        CategoryFactory.UserProperties, "routing",
    ];

    private readonly HashSet<UccSubscription> _subscriptions = [];

    /// <summary>What the user has published.</summary>
    internal OwnCategories Own { get; }

    public IUccSubscription CreateSubscription(IUccContext? pContext)
    {
        DemandAccount();
        return new UccSubscription(this, pContext);
    }

    public IUccContainer CreateContainer(int lContainerID) => 
        new UccContainer(new CategoryPlace(CategoryFactory.Containers, UccConstants.UCC_SELF_CONTAINER_ID, lContainerID) { IsLocal = true });

    /// <summary>An instance to be filled and published. Container and instance are the application's to choose.</summary>
    public IUccCategoryInstance CreatePublishableCategoryInstance(
        string? bstrCategoryName, int lContainerID, int lInstance, UCC_CATEGORY_INSTANCE_EXPIRE_TYPE enExpireType, int lExpireTime)
    {
        var account = DemandAccount();
        if (string.IsNullOrWhiteSpace(bstrCategoryName) || !Enum.IsDefined(enExpireType) || lContainerID < 0 || lExpireTime < 0)
        {
            throw new HResultException(
                HResults.InvalidArgument, "A category has a name, a container from 0 on, an expire type, and a time that is not below zero.");
        }

        var instance = CategoryFactory.Create(new CategoryPlace(bstrCategoryName, lContainerID, lInstance)
        {
            ExpireType = enExpireType,
            ExpiryTime = lExpireTime,
            Container = Own.Containers.Find(lContainerID),
            IsLocal = true,
        });
        if (instance is UccPresenceDeviceInstance device)
        {
            device.Gruu = account.Gruu ?? "";
        }

        return instance;
    }

    public IUccContainerMember CreateContainerMember(string? bstrUri, UCC_CONTAINER_MEMBERSHIP_SCOPE enScope) => new UccContainerMember(bstrUri, enScope);

    public IUccPublication CreatePublication()
    {
        DemandAccount();
        return new UccPublication(this);
    }

    public string GetPresenceCategoryName(UCC_PRESENCE_CATEGORY_TYPE enType) => CategoryNames.ElementAtOrDefault((int)enType)
        ?? throw new HResultException(HResults.InvalidArgument, $"{(int)enType} is not a UCC_PRESENCE_CATEGORY_TYPE.");

    /// <summary>A subscription is there: it ends with the endpoint.</summary>
    internal void Remember(UccSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Add(subscription);
        }
    }

    /// <summary>A subscription is over.</summary>
    internal void Forget(UccSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
        }
    }

    /// <summary>The endpoint is over: so is what was received, as applications are told before OnDisable.</summary>
    private void EndPresence()
    {
        UccSubscription[] subscriptions;
        lock (_gate)
        {
            subscriptions = [.. _subscriptions];
            _subscriptions.Clear();
        }

        Own.End();
        foreach (var subscription in subscriptions)
        {
            subscription.End();
        }
    }

    /// <summary>The server was lost and is back, and may know nothing any more. The account publishes again by itself; applications are told all the same.</summary>
    private void RequirePublication() => _publicationEvents.Raise(PublicationRequiredEvent, this, null);
}
