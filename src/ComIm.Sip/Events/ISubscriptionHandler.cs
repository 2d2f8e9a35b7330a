namespace ComIm.Sip.Events;

/// <summary>Follows a subscription. Called on the stack's own threads, in order: it may not block.</summary>
public interface ISubscriptionHandler
{
    /// <summary>The notifier said something, an empty notification included.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="notification">What it said.</param>
    void OnNotified(Subscription subscription, Notification notification);

    /// <summary>The subscription has another state.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="status">The new state.</param>
    /// <param name="ending">Why it ended; null where it did not.</param>
    void OnStatusChanged(Subscription subscription, SubscriptionStatus status, SubscriptionEnding? ending)
    {
    }
}
