using ComIm.Client.Accounts;
using ComIm.Sip.Events;
using ComIm.Sip.Messages;

namespace ComIm.Client.Conferencing;

/// <summary>
/// Follows the roster of a room: <c>SUBSCRIBE</c> with <c>Event: conference</c> (RFC 4575). Changes count only in their order; after
/// a gap it begins anew.
/// </summary>
/// <param name="account">Who follows.</param>
/// <param name="onDocument">Is told what counts, in order; it may not block.</param>
internal sealed class ConferenceRoster(ImAccount account, Action<RosterDocument> onDocument) : ISubscriptionHandler
{
    private static readonly EventPackage Package = new() { Name = "conference", ContentTypes = [RosterDocument.ContentType], TellsChanges = true };

    private readonly Lock _gate = new();
    private readonly RestartAllowance _restarts = new(account.Options.TimeProvider);
    private Subscription? _subscription;
    private uint? _version;

    /// <summary>Follows a room; one that was followed before no longer.</summary>
    public void Start(SipUri room)
    {
        Subscription subscription;
        lock (_gate)
        {
            StopInside();
            subscription = _subscription = new Subscription(account.Agent, account.Dialogs, new SubscriptionSettings
            {
                Target = room,
                Package = Package,
                Identity = new NameAddress(account.Uri, account.DisplayName),
                Contact = new NameAddress(account.Contact),
            }, this);
        }

        _ = RunAsync(subscription.StartAsync());
    }

    /// <summary>Follows it no longer.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            StopInside();
        }
    }

    void ISubscriptionHandler.OnNotified(Subscription subscription, Notification notification)
    {
        if (notification.Body is not { } body || RosterDocument.Read(body.Content) is not { } document)
        {
            return;
        }

        lock (_gate)
        {
            if (subscription != _subscription)
            {
                return;
            }

            if (document.IsFull)
            {
                // A new dialog of the subscription counts anew, in the same room; an old document that comes late does not count.
                if (_version is { } last && document.Version < last)
                {
                    return;
                }
            }
            else if (_version is not { } last || document.Version != last + 1)
            {
                if ((_version is null || document.Version > _version + 1) && _restarts.TryTake())
                {
                    Start(subscription.Settings.Target);
                }

                return;
            }

            _version = document.Version;
            onDocument(document);
        }
    }

    private void StopInside()
    {
        if (_subscription is { } subscription)
        {
            _ = RunAsync(subscription.StopAsync());
        }

        (_subscription, _version) = (null, null);
    }

    private static async Task RunAsync(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The account signs out, or the room is gone; the session tells of both.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
