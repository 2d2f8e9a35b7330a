namespace ComIm.Client.Presence;

/// <summary>What a person says of their presence.</summary>
/// <param name="Availability">Whether they can be reached.</param>
/// <param name="Activities">What they are doing (RFC 4480); often nothing is said.</param>
/// <param name="Note">What they wrote of it, or null.</param>
public sealed record PresenceStatus(PresenceAvailability Availability, IReadOnlyList<PresenceActivity> Activities, string? Note)
{
    /// <summary>Nothing is known.</summary>
    public static PresenceStatus Unknown { get; } = new(PresenceAvailability.Unknown, [], null);

    /// <summary>
    /// What a program says beyond that to its like: one XML element of a namespace of its own, which others pass over (RFC 3863
    /// section 4.1.1). Null for none.
    /// </summary>
    public string? Extension { get; init; }

    /// <summary>True where both say the same.</summary>
    /// <param name="other">Another status.</param>
    public bool Equals(PresenceStatus? other) =>
        other is not null && Availability == other.Availability && Note == other.Note && Extension == other.Extension
        && Activities.SequenceEqual(other.Activities);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Availability, Note, Activities.Count);

    /// <summary>For people: <c>Busy (Meeting): in room 7</c>.</summary>
    public override string ToString() =>
        Availability
        + (Activities.Count == 0 ? string.Empty : $" ({string.Join(", ", Activities)})")
        + (Note is null ? string.Empty : ": " + Note);
}
