using System.Xml.Linq;
using ComIm.Client.Presence;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>
/// What a user has published, as the one presence document that a SIP server of today shows to all its users: of <c>state</c> and
/// <c>note</c> the newest is standard presence. Other categories, and what standard presence cannot say of these two, go along. What
/// is for fewer than the company is shown to nobody: the server would not keep it from the others.
/// </summary>
internal static class PublishedPresence
{
    /// <summary>Puts it together.</summary>
    public static PresenceStatus Of(OwnCategories own, IReadOnlyList<PublishedCategory> all)
    {
        var shown = all.Where(c => own.Containers.IsOpen(c.ContainerId) ?? c.Name is CategoryFactory.State or CategoryFactory.Note).ToList();
        var state = Newest(shown, CategoryFactory.State);
        var note = Newest(shown, CategoryFactory.Note);
        var availability = state == null ? PresenceAvailability.Unknown : Availability(state.Value);
        var status = new PresenceStatus(availability, [.. Activities(state?.Value)], Note(note?.Value));
        var rest = shown.Where(c => !IsSaid(c, status)).ToList();
        return status with
        {
            // Who says anything at all is there.
            Availability = availability == PresenceAvailability.Unknown && rest.Count + (status.Note?.Length ?? 0) > 0 ? PresenceAvailability.Online : availability,
            Extension = CategoryDocument.Write(own.Address, rest),
        };
    }

    /// <summary>The <c>state</c> of somebody: in their own words, where these agree with what standard presence says.</summary>
    public static XElement? State(PresenceStatus status, IReadOnlyList<PublishedCategory> words)
    {
        if (Newest(words, CategoryFactory.State)?.Value is not { } own
            || Availability(own) != status.Availability
            || !Activities(own).SequenceEqual(status.Activities))
        {
            return PresenceValues.State(status);
        }

        var state = new UccPresenceStateInstance(new CategoryPlace(CategoryFactory.State, 0, 0));
        state.Read(own);
        state.Type = UCC_PRESENCE_STATE_TYPE.UCCPST_AGGREGATE_STATE;
        return state.Write();
    }

    /// <summary>The <c>note</c> of somebody: in their own words, where these agree with what standard presence says.</summary>
    public static XElement? Note(PresenceStatus status, IReadOnlyList<PublishedCategory> words) =>
        Newest(words, CategoryFactory.Note)?.Value is { } own && Note(own) == status.Note ? own : PresenceValues.Note(status);

    private static PublishedCategory? Newest(IReadOnlyList<PublishedCategory> all, string name) => all.LastOrDefault(c => c.Name == name);

    private static bool IsSaid(PublishedCategory category, PresenceStatus status) => category.Name switch
    {
        CategoryFactory.State => PresenceValues.State(status) is { } said && IsSame<UccPresenceStateInstance>(said, category),
        CategoryFactory.Note => PresenceValues.Note(status) is { } said && IsSame<UccPresenceNoteInstance>(said, category),
        _ => false,
    };

    // The type is not shown: what others see is the sum.
    private static bool IsSame<T>(XElement said, PublishedCategory category)
        where T : UccCategoryInstance
    {
        var place = new CategoryPlace(category.Name, 0, 0);
        var (here, there) = ((T)CategoryFactory.Create(place), (T)CategoryFactory.Create(place));
        here.Read(category.Value);
        there.Read(said);
        if (here is UccPresenceStateInstance state)
        {
            state.Type = UCC_PRESENCE_STATE_TYPE.UCCPST_AGGREGATE_STATE;
        }

        return here.Value == there.Value;
    }

    private static PresenceAvailability Availability(XElement state) => PresenceValues.ToAvailability(CategoryXml.ToNumber(state.TextOf("availability")));

    private static IEnumerable<PresenceActivity> Activities(XElement? state) =>
        PresenceValues.ToActivities(state?.Children("activity").Select(a => a.AttributeOf("token")) ?? []);

    private static string? Note(XElement? note) => note?.Children("body").FirstOrDefault()?.Value.Trim() is { Length: > 0 } text ? text : null;
}
