using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>How a conference stands, in the terms of UCC_CONFERENCE_ENTITY_STATE_PROPERTY.</summary>
/// <param name="DisplayText">What it is about.</param>
/// <param name="UserCount">How many are in it, ourselves included.</param>
/// <param name="IsActive">Whether we are in it.</param>
/// <param name="IsLocked">Whether nobody else may come.</param>
internal sealed record ConferenceEntityState(string DisplayText, int UserCount, bool IsActive, bool IsLocked)
{
    private (UCC_CONFERENCE_ENTITY_STATE_PROPERTY Id, object Value)[] Values =>
    [
        (UCC_CONFERENCE_ENTITY_STATE_PROPERTY.UCCCESTP_DISPLAY_TEXT, DisplayText),
        (UCC_CONFERENCE_ENTITY_STATE_PROPERTY.UCCCESTP_USER_COUNT, UserCount),
        (UCC_CONFERENCE_ENTITY_STATE_PROPERTY.UCCCESTP_ACTIVE, IsActive),
        (UCC_CONFERENCE_ENTITY_STATE_PROPERTY.UCCCESTP_LOCKED, IsLocked),
    ];

    public PropertyList ToProperties()
    {
        var properties = new PropertyList();
        foreach (var (id, value) in Values)
        {
            properties.Set((int)id, value);
        }

        return properties;
    }

    /// <summary>What differs from an earlier state.</summary>
    public IEnumerable<(UCC_CONFERENCE_ENTITY_STATE_PROPERTY Id, object Old, object New)> Since(ConferenceEntityState old) =>
        Values.Zip(old.Values, (now, before) => (now.Id, before.Value, now.Value)).Where(p => !Equals(p.Item2, p.Item3));
}
