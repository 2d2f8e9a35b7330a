namespace ComIm.Client.Presence;

/// <summary>Somebody's presence, or our watching of it, has changed.</summary>
/// <param name="presentity">Who it is.</param>
/// <param name="status">What they said at the time; <see cref="Presentity.Status"/> may have gone on since.</param>
public sealed class PresentityChangedEventArgs(Presentity presentity, PresenceStatus status) : EventArgs
{
    /// <summary>Who it is.</summary>
    public Presentity Presentity { get; } = presentity;

    /// <summary>What they said at the time.</summary>
    public PresenceStatus Status { get; } = status;
}
