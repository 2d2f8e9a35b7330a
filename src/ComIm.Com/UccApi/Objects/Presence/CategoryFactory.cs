namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>Which class carries which category.</summary>
internal static class CategoryFactory
{
    public const string State = "state";
    public const string Note = "note";
    public const string ContactCard = "contactCard";
    public const string CalendarData = "calendarData";
    public const string Device = "device";
    public const string Services = "services";
    public const string Contacts = "contacts";
    public const string Groups = "groups";
    public const string Subscribers = "subscribers";
    public const string Containers = "containers";
    public const string ServerConfiguration = "serverConfiguration";
    public const string MeetingPolicy = "meetingPolicy";
    public const string UcPolicy = "ucPolicy";
    public const string UserProperties = "userProperties";

    /// <summary>Stands for all that the user has published.</summary>
    public const string OwnCategories = "categories";

    /// <summary>Categories that the user alone has, and that no server is asked for.</summary>
    public static bool IsOwn(string name) =>
        name is Contacts or Groups or Subscribers or Containers or ServerConfiguration or MeetingPolicy or UcPolicy or UserProperties or OwnCategories;

    /// <summary>An instance of a category.</summary>
    public static UccCategoryInstance Create(CategoryPlace place) => place.Name switch
    {
        State => new UccPresenceStateInstance(place),
        Note => new UccPresenceNoteInstance(place),
        ContactCard => new UccPresenceContactCardInstance(place),
        CalendarData => new UccPresenceCalendarDataInstance(place),
        Device => new UccPresenceDeviceInstance(place),
        Services => new UccPresenceServicesInstance(place),
        Contacts => new UccContact(place),
        Groups => new UccGroup(place),
        Subscribers => new UccSubscriber(place),
        Containers => new UccContainer(place),
        MeetingPolicy or UcPolicy or UserProperties => new UccProvisioningPolicyInstance(place),
        _ => new UccCategoryInstance(place),
    };

    /// <summary>A category of somebody.</summary>
    public static UccCategoryContext CreateContext(UccPresentity presentity, string name) => name switch
    {
        ServerConfiguration => new UccServerConfigurationCategory(presentity, name),
        Containers when presentity.IsSelf => new UccContainersCategory(presentity, name),
        _ => new UccCategoryContext(presentity, name),
    };

    /// <summary>What was published, at its place.</summary>
    public static UccCategoryInstance Received(PublishedCategory category, CategoryPlace place)
    {
        var instance = Create(place with
        {
            Version = category.Version,
            PublishedTime = category.PublishedTime,
            ExpireType = category.ExpireType,
            ExpiryTime = category.ExpiryTime,
        });
        instance.Read(category.Value);
        return instance;
    }
}
