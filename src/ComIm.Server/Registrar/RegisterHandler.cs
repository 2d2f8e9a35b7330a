using ComIm.Server.Limits;
using ComIm.Server.Presence;
using ComIm.Server.Proxy;
using ComIm.Server.Storage;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Server.Registrar;

/// <summary>Lets a REGISTER through to the registrar once it is of this domain, of a user, and not one too many.</summary>
internal sealed class RegisterHandler(
    OwnAddresses own, Authenticator authenticator, SipRegistrar registrar, LocationService location, PresenceAgent presence, ServerLimits limits, ServerMetrics metrics)
{
    /// <summary>Has something for users who come back; null where nothing is kept.</summary>
    public OfflineMessages? Offline { get; init; }

    /// <summary>Answers a REGISTER.</summary>
    /// <param name="transaction">The request.</param>
    /// <param name="uri">Its Request-URI.</param>
    public void Handle(ServerTransaction transaction, SipUri uri)
    {
        var request = transaction.Request;
        if (!own.IsServer(uri) || request.To?.Uri is not { User: { } user } to || !own.IsDomain(to))
        {
            transaction.Respond(404, "Not This Domain");
        }
        else if (request.Headers.Get(HeaderId.Require) is { Length: > 0 } required)
        {
            var response = transaction.CreateResponse(420);
            response.Headers.Add(HeaderId.Unsupported, required);
            transaction.Respond(response);
        }
        else if (!authenticator.Passes(transaction, user))
        {
            return;
        }
        else if (location.Find(user).Count == 0 && location.Count >= limits.MaxRegistrations)
        {
            // Who is in may stay and renew.
            metrics.Refuse(transaction, "registrations", limits.RetryAfter);
        }
        else
        {
            var wasThere = location.Find(user).Count > 0;
            registrar.Handle(transaction, user);
            var isThere = location.Find(user).Count > 0;
            if (isThere)
            {
                Offline?.Deliver(user);
            }

            if (isThere != wasThere)
            {
                presence.Refresh(user);
            }
        }
    }
}
