using ComIm.Server.Proxy;
using ComIm.Server.Registrar;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.UserAgentServer;

namespace ComIm.Server;

/// <summary>Decides what becomes of a request: refused, registered, answered or forwarded (RFC 3261 section 16.3, 16.5).</summary>
internal sealed class RequestRouter(string domain, Authenticator authenticator, IUserStore users, SipRegistrar registrar, StatefulProxy proxy)
{
    private static readonly UasCapabilities OwnCapabilities = new() { Methods = [SipMethods.Register, SipMethods.Message, SipMethods.Options] };

    public async Task HandleAsync(ServerTransaction transaction)
    {
        var request = transaction.Request;
        var isForUs = IsForUs(request);
        var refusal = isForUs
            ? RequestInspection.AsUserAgentServer(request, OwnCapabilities)
            : RequestInspection.AsProxy(request, []);
        if (refusal is not null)
        {
            refusal.Answer(transaction);
        }
        else if (request.Method == SipMethods.Register)
        {
            Register(transaction);
        }
        else if (request.Method == SipMethods.Options && isForUs)
        {
            transaction.Respond(200);
        }
        else if (request.Method != SipMethods.Message)
        {
            new RequestRefusal(405, null, "Allow", OwnCapabilities.Allow).Answer(transaction);
        }
        else
        {
            await RouteAsync(transaction, request.RequestUri!).ConfigureAwait(false);
        }
    }

    private void Register(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.To?.Uri is not { } to)
        {
            // Bindings belong to a SIP or SIPS URI (RFC 4475 section 3.3.4).
            transaction.Respond(400, "Invalid To");
        }
        else if (!IsOurs(request.RequestUri!) || to.User is not { } user || !IsOurs(to))
        {
            transaction.Respond(404, "Not This Domain");
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

    // We are registrar for the domain, and endpoint for what names no user of it.
    private bool IsForUs(SipRequest request) => request.RequestUri is { } uri && IsOurs(uri) && (uri.User is null || request.Method == SipMethods.Register);

    private bool IsOurs(SipUri uri) => uri.Host.Equals(domain, StringComparison.OrdinalIgnoreCase);
}
