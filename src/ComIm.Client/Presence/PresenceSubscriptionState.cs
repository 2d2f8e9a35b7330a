namespace ComIm.Client.Presence;

/// <summary>Where our watching of somebody stands (RFC 6665).</summary>
public enum PresenceSubscriptionState
{
    /// <summary>Asked for; nothing has been said yet.</summary>
    Subscribing,

    /// <summary>The person has still to allow it.</summary>
    Pending,

    /// <summary>We are told of every change.</summary>
    Active,

    /// <summary>It was lost and is being sought again; what is shown may be old.</summary>
    Recovering,

    /// <summary>It ended: refused, or no longer wanted. After a new sign-in it is sought again.</summary>
    Ended,
}
