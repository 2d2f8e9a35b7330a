namespace ComIm.Client.Presence;

/// <summary>
/// Somebody whose presence is watched. It is told by <see cref="PresenceService.Watch"/>; the subscription at the server lasts until the
/// last of those who watch the same person has disposed of theirs.
/// </summary>
public sealed class Presentity : IDisposable
{
    private readonly PresenceSubscription _subscription;

    internal Presentity(PresenceSubscription subscription) => _subscription = subscription;

    /// <summary>Their address, as <c>sip:bob@example.com</c>.</summary>
    public string Address => _subscription.Address;

    /// <summary>What they say: availability, activities and note together.</summary>
    public PresenceStatus Status => _subscription.Info.Status;

    /// <summary>Whether they can be reached.</summary>
    public PresenceAvailability Availability => Status.Availability;

    /// <summary>What they are doing (RFC 4480); often nothing is said.</summary>
    public IReadOnlyList<PresenceActivity> Activities => Status.Activities;

    /// <summary>What they wrote of it, or null.</summary>
    public string? Note => Status.Note;

    /// <summary>The name that they give themselves (RFC 4482), or null.</summary>
    public string? DisplayName => _subscription.Info.DisplayName;

    /// <summary>When <see cref="Status"/> changed last; null where nothing has been said yet.</summary>
    public DateTimeOffset? LastChanged => _subscription.LastChanged;

    /// <summary>Where the watching stands.</summary>
    public PresenceSubscriptionState SubscriptionState => _subscription.State;

    /// <summary>Why there is nothing to see, where <see cref="SubscriptionState"/> is Ended or Recovering and the server said so; else null.</summary>
    public ImException? Failure => _subscription.Failure;

    /// <summary>Their presence, or our watching of it, has changed.</summary>
    public event EventHandler<PresentityChangedEventArgs>? Changed;

    internal EventHandler<PresentityChangedEventArgs>? ChangedHandlers => Changed;

    /// <summary>Asks the server anew, by another subscription in place of the present one.</summary>
    public void Refresh() => _subscription.Renew();

    /// <summary>Watches no longer.</summary>
    public void Dispose() => _subscription.Leave(this);
}
