using ComIm.Sip.Messages;

namespace ComIm.Sip.Events;

/// <summary>
/// Where a family of servers departs from RFC 6665: other methods than NOTIFY, notifications that ride in responses. The
/// defaults are the RFC; a dialect overrides what it does differently, and the core stays as it is.
/// </summary>
public interface IEventDialect
{
    /// <summary>The dialect of RFC 6665.</summary>
    static IEventDialect Standard { get; } = new StandardEventDialect();

    /// <summary>Subscriber: completes a SUBSCRIBE before it is sent.</summary>
    /// <param name="subscribe">The SUBSCRIBE.</param>
    void Prepare(SipRequest subscribe)
    {
    }

    /// <summary>Subscriber: whether a request inside the subscription's dialog is a notification.</summary>
    /// <param name="request">The request.</param>
    bool IsNotification(SipRequest request) => request?.Method == SipMethods.Notify;

    /// <summary>Subscriber: the notification in a 2xx to SUBSCRIBE; null where it has none.</summary>
    /// <param name="response">The 2xx.</param>
    Notification? FindIn(SipResponse response) => null;

    /// <summary>Subscriber: whether a refresh is followed by a notification, as RFC 6665 section 4.2.1.2 has it.</summary>
    bool NotifiesOnRefresh => true;

    /// <summary>Notifier: the method of its notifications to a subscriber.</summary>
    /// <param name="subscribe">The SUBSCRIBE that made the subscription.</param>
    string NotificationMethodFor(SipRequest subscribe) => SipMethods.Notify;

    /// <summary>Both: whether notifications of a method are answered.</summary>
    /// <param name="method">The method.</param>
    bool IsAnswered(string method) => true;

    /// <summary>Notifier: puts the first notification into the 2xx.</summary>
    /// <param name="response">The 2xx, about to be sent.</param>
    /// <param name="subscribe">The SUBSCRIBE it answers.</param>
    /// <param name="notification">
    /// Makes the notification, complete with its CSeq number, which is used up if true is returned; called only where it is put there.
    /// </param>
    /// <returns>True where it has been put there; false sends it by itself.</returns>
    bool TryPutInto(SipResponse response, SipRequest subscribe, Func<SipRequest> notification) => false;

    private sealed class StandardEventDialect : IEventDialect;
}
