using ComIm.Server.Proxy;
using ComIm.Server.Registrar;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Server;

/// <summary>Decides what becomes of a request: refused, registered, answered or forwarded (RFC 3261 section 16.3, 16.5).</summary>
internal sealed class RequestRouter(string domain, Authenticator authenticator, IUserStore users, SipRegistrar registrar, StatefulProxy proxy)
{
    public async Task HandleAsync(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.RequestUri is not { } uri)
        {
            transaction.Respond(416);
        }
        else if (request.Headers.Get(HeaderId.ProxyRequire) is { Length: > 0 } required)
        {
            var response = transaction.CreateResponse(420);
            response.Headers.Add(HeaderId.Unsupported, required);
            transaction.Respond(response);
        }
        else if (request.Method == SipMethods.Register)
        {
            Register(transaction);
        }
        else if (request.Method == SipMethods.Options && uri.User is null)
        {
            transaction.Respond(200);
        }
        else if (request.Method != SipMethods.Message)
        {
            var response = transaction.CreateResponse(405);
            response.Headers.Add(HeaderId.Allow, "REGISTER, MESSAGE, OPTIONS");
            transaction.Respond(response);
        }
        else
        {
            await RouteAsync(transaction, uri).ConfigureAwait(false);
        }
    }

    private void Register(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (!IsOurs(request.RequestUri!) || request.To?.Uri is not { User: { } user } to || !IsOurs(to))
        {
            transaction.Respond(404, "Not This Domain");
        }
        else if (request.Headers.Get(HeaderId.Require) is { Length: > 0 } required)
        {
            var response = transaction.CreateResponse(420);
            response.Headers.Add(HeaderId.Unsupported, required);
            transaction.Respond(response);
        }
        else if (authenticator.Passes(transaction, user))
        {
            registrar.Handle(transaction, user);
        }
    }

    private async Task RouteAsync(ServerTransaction transaction, SipUri uri)
    {
        // Only our own users may send, and only as themselves: this is no open relay.
        if (transaction.Request.From?.Uri is not { User: { } sender } from || !IsOurs(from))
        {
            transaction.Respond(403, "Not A User Of This Domain");
        }
        else if (!authenticator.Passes(transaction, sender))
        {
            return;
        }
        else if (!IsOurs(uri) || uri.User is not { } user || users.FindPassword(user) is null)
        {
            transaction.Respond(404);
        }
        else
        {
            await proxy.ForwardAsync(transaction, user).ConfigureAwait(false);
        }
    }

    private bool IsOurs(SipUri uri) => uri.Host.Equals(domain, StringComparison.OrdinalIgnoreCase);
}
