namespace ComIm.Sip.Events;

/// <summary>The states of a subscription as its subscriber sees it (RFC 6665 figure 1).</summary>
public enum SubscriptionStatus
{
    /// <summary>Nothing has been sent.</summary>
    Idle,

    /// <summary>Sent; the first notification is awaited.</summary>
    NotifyWait,

    /// <summary>Somebody has still to consent.</summary>
    Pending,

    /// <summary>Notifications come.</summary>
    Active,

    /// <summary>It ended and will be sought again.</summary>
    Recovering,

    /// <summary>It ended for good.</summary>
    Terminated,
}
