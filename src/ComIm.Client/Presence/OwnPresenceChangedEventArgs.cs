namespace ComIm.Client.Presence;

/// <summary>What we say of our own presence has changed.</summary>
/// <param name="status">What is said now.</param>
public sealed class OwnPresenceChangedEventArgs(PresenceStatus status) : EventArgs
{
    /// <summary>What is said now.</summary>
    public PresenceStatus Status { get; } = status;
}
