namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>Which class carries which category.</summary>
internal static class CategoryFactory
{
    public const string State = "state";
    public const string Note = "note";
    public const string ContactCard = "contactCard";
    public const string Contacts = "contacts";
    public const string Groups = "groups";
    public const string Subscribers = "subscribers";

    public static UccCategoryInstance Create(CategoryPlace place) => place.Name switch
    {
        State => new UccPresenceStateInstance(place),
        Note => new UccPresenceNoteInstance(place),
        ContactCard => new UccPresenceContactCardInstance(place),
        Contacts => new UccContact(place),
        Groups => new UccGroup(place),
        Subscribers => new UccSubscriber(place),
        _ => new UccCategoryInstance(place),
    };
}
