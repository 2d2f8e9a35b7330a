namespace ComIm.Client.Presence;

/// <summary>What a presence document says.</summary>
/// <param name="Status">Of the person.</param>
/// <param name="DisplayName">Their name (RFC 4482), or null.</param>
internal sealed record PresenceInfo(PresenceStatus Status, string? DisplayName)
{
    /// <summary>Nothing has been said.</summary>
    public static PresenceInfo None { get; } = new(PresenceStatus.Unknown, null);
}
