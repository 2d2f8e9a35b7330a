using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Server.Presence;

/// <summary>Who watches, and who may.</summary>
internal sealed partial class PresenceAgent
{
    // The name under which RFC 5025 has such documents elsewhere. Here they are published: there is no XCAP.
    private const string RulesPackage = "pres-rules";

    /// <summary>Keeps users' rules across a restart; null where they are in memory only.</summary>
    public RulesKeeper? Keeper { get; init; }

    /// <summary>A user asks who watches him; nobody else may know.</summary>
    private void SubscribeToWatchers(ServerTransaction transaction, string user, string sender)
    {
        if (user != sender)
        {
            transaction.Respond(403, "Not Your Watchers");
        }
        else if (NotifierFor(transaction, sender).Receive(transaction, _information.DocumentFor) is { } subscription)
        {
            if (_information.TryAdd(user, subscription, _limits.MaxWatchersPerUser))
            {
                subscription.Accept();
            }
            else
            {
                _metrics.Refuse(transaction, "watchers", _limits.RetryAfter);
            }
        }
    }

    /// <summary>
    /// A user says who may watch. It is hard state that stands until he says otherwise, so the answer grants as long as was asked for
    /// and the entity tag is never asked for again.
    /// </summary>
    private void PublishRules(ServerTransaction transaction, string user, string sender)
    {
        var body = SessionBody.Of(transaction.Request);
        if (user != sender)
        {
            transaction.Respond(403, "Not Your Rules");
        }
        else if (body is null || !IsOfType(body, PresenceRules.ContentType))
        {
            Refuse(transaction, 415, HeaderId.Accept, PresenceRules.ContentType);
        }
        else if (PresenceRules.Read(body.Content) is not { } rules)
        {
            transaction.Respond(400, "Invalid Rules");
        }
        else
        {
            var response = transaction.CreateResponse(200);
            response.Headers.Add(HeaderId.SipETag, SipTokens.NewTag());
            response.Headers.Add(HeaderId.Expires, transaction.Request.Headers.Get(HeaderId.Expires) ?? "3600");
            _rules.SetDocument(user, rules, _own.Domain);
            if (Keeper is null)
            {
                transaction.Respond(response);
            }
            else
            {
                _ = Keeper.RespondAsync(user, body.Content, transaction, response);
            }
        }
    }

    private void OnRulesChanged(string user)
    {
        foreach (var entry in _watchers.Of(user).Where(e => e.Handling != _rules.HandlingOf(user, e.Watcher)))
        {
            entry.Handling = _rules.HandlingOf(user, entry.Watcher);
            switch (entry.Handling)
            {
                case WatcherHandling.Block:
                    entry.Subscription.Terminate("rejected");
                    break;
                case WatcherHandling.Confirm:
                    // He comes again, and waits.
                    entry.Subscription.Terminate("deactivated");
                    break;
                default:
                    entry.Subscription.Activate();
                    break;
            }
        }

        _information.Notify(user);
    }
}
