using System.Threading.Channels;
using ComIm.Sip.Events;

namespace ComIm.Sip.Tests.Events;

/// <summary>Follows a subscription and tells what it saw.</summary>
internal sealed class RecordingSubscriber : ISubscriptionHandler
{
    private readonly Channel<Notification> _notifications = Channel.CreateUnbounded<Notification>();
    private readonly Channel<(SubscriptionStatus Status, SubscriptionEnding? Ending)> _changes =
        Channel.CreateUnbounded<(SubscriptionStatus, SubscriptionEnding?)>();

    public async Task<Notification> NotifiedAsync() => await _notifications.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public async Task<SubscriptionEnding?> EntersAsync(SubscriptionStatus status)
    {
        while (true)
        {
            var change = await _changes.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
            if (change.Status == status)
            {
                return change.Ending;
            }
        }
    }

    public void OnNotified(Subscription subscription, Notification notification) => _notifications.Writer.TryWrite(notification);

    public void OnStatusChanged(Subscription subscription, SubscriptionStatus status, SubscriptionEnding? ending) =>
        _changes.Writer.TryWrite((status, ending));
}
