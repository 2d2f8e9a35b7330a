using ComIm.Sip.Events;
using ComIm.Sip.Transactions;

namespace ComIm.Server.Presence;

/// <summary>Somebody who watches.</summary>
/// <param name="watcher">A user of the domain.</param>
/// <param name="subscription">How.</param>
/// <param name="handling">What he was allowed when he came.</param>
internal sealed class WatcherEntry(string watcher, NotifierSubscription subscription, WatcherHandling handling)
{
    /// <summary>A user of the domain.</summary>
    public string Watcher { get; } = watcher;

    /// <summary>His subscription.</summary>
    public NotifierSubscription Subscription { get; } = subscription;

    /// <summary>What he is allowed, as far as he has been told.</summary>
    public WatcherHandling Handling { get; set; } = handling;

    /// <summary>Names the subscription in watcher information.</summary>
    public string Id { get; } = SipTokens.NewTag();
}
