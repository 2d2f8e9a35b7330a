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
        if (request.To?.Uri is not { } to)
        {
            // Bindings belong to a SIP or SIPS URI (RFC 4475 section 3.3.4).
            transaction.Respond(400, "Invalid To");
        }
        else if (!own.IsServer(uri) || to.User is not { } user || !own.IsDomain(to))
        {
            transaction.Respond(404, "Not This Domain");
        }
        else if (!authenticator.Passes(transaction, user))
        {
            return;
        }
        else if (location.Find(user).Count > 0 is var wasThere && !wasThere && location.Count >= limits.MaxRegistrations)
        {
            // Who is in may stay and renew.
            metrics.Refuse(transaction, "registrations", limits.RetryAfter);
        }
        else
        {
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
