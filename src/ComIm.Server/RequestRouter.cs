using ComIm.Server.Conferencing;
using ComIm.Server.Limits;
using ComIm.Server.Presence;
using ComIm.Server.Proxy;
using ComIm.Server.Registrar;
using ComIm.Server.Storage;
using ComIm.Sip;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.UserAgentServer;

namespace ComIm.Server;

/// <summary>Decides what becomes of a request: refused, registered, answered, forwarded or stored (RFC 3261 section 16.3, 16.5).</summary>
internal sealed class RequestRouter(
    OwnAddresses own, Authenticator authenticator, IUserStore users, RegisterHandler registers, StatefulProxy proxy, PresenceAgent presence, ConferenceFocus focus, ServerGate gate) : ISipRequestFilter
{
    // What is forwarded is understood by its receiver, so that Allow names it as well.
    private static readonly UasCapabilities OwnCapabilities = new()
    {
        Methods =
        [
            SipMethods.Register, SipMethods.Options, SipMethods.Message, SipMethods.Invite, SipMethods.Ack, SipMethods.Cancel, SipMethods.Bye,
            SipMethods.Info, SipMethods.Subscribe, SipMethods.Notify, SipMethods.Publish, SipMethods.Refer, SipMethods.Update,
        ],
    };

    /// <summary>Keeps messages for users who are away; null where nobody does.</summary>
    public OfflineMessages? Offline { get; init; }

    /// <summary>How long they are kept at most.</summary>
    public TimeSpan OfflineLifetime { get; init; }

    public async Task HandleAsync(ServerTransaction transaction)
    {
        // Until its sender is known a refusal is sent once for each copy of the request, or whoever forges a source would have it
        // repeated to his victim (RFC 3261 section 26.3.2.4).
        transaction.RepeatsFinalResponse = false;
        if (!gate.TryEnter(transaction))
        {
            return;
        }

        try
        {
            await AdmitAsync(transaction).ConfigureAwait(false);
        }
        finally
        {
            gate.Leave(transaction);
        }
    }

    bool ISipRequestFilter.TryTake(ServerTransaction transaction) => false;

    void ISipRequestFilter.OnAck(SipRequest ack)
    {
        if (ack.To?.Uri is { User: { } user } to && own.IsDomain(to) && focus.Takes(user))
        {
            focus.OnAck(ack);
        }
        else
        {
            proxy.ForwardAck(ack);
        }
    }

    private async Task AdmitAsync(ServerTransaction transaction)
    {
        var request = transaction.Request;
        var refusal = IsForUs(request)
            ? RequestInspection.AsUserAgentServer(request, OwnCapabilities)
            : RequestInspection.AsProxy(request, []);
        if (refusal is not null)
        {
            refusal.Answer(transaction);
        }
        else if (request.Method == SipMethods.Cancel)
        {
            // That of an INVITE that waits here does not come this far (RFC 3261 section 9.2).
            transaction.Respond(481);
        }
        else if (RouteHeaders.Preprocess(request, own) is not { RequestUri: { } uri } copy)
        {
            transaction.Respond(400, "Invalid Route");
        }
        else if (request.Method == SipMethods.Register)
        {
            registers.Handle(transaction, uri);
        }
        else if (request.Method == SipMethods.Options && uri.User is null && own.IsServer(uri))
        {
            var response = transaction.CreateResponse(200);
            response.Headers.Add(HeaderId.Allow, OwnCapabilities.Allow);
            transaction.Respond(response);
        }
        else
        {
            await RouteAsync(transaction, copy, uri).ConfigureAwait(false);
        }
    }

    private async Task RouteAsync(ServerTransaction transaction, SipRequest request, SipUri uri)
    {
        // Only our own users may send, and only as themselves: this is no open relay.
        if (request.From?.Uri is not { User: { } sender } from || !own.IsDomain(from))
        {
            transaction.Respond(403, "Not A User Of This Domain");
        }
        else if (!authenticator.Passes(transaction, sender) || !gate.TryEnter(transaction, sender))
        {
            return;
        }
        else
        {
            transaction.RepeatsFinalResponse = true;
            AssertedIdentity.Remove(request);
            try
            {
                await ForwardAsync(transaction, request, uri, sender).ConfigureAwait(false);
            }
            finally
            {
                gate.Leave(transaction, sender);
            }
        }
    }

    private async Task ForwardAsync(ServerTransaction transaction, SipRequest request, SipUri uri, string sender)
    {
        var isOfPresence = presence.Takes(request, uri);
        if (isOfPresence && request.To?.Tag is not null)
        {
            presence.Handle(transaction, null, sender);
            return;
        }

        // Inside a dialog the Request-URI is a device of the user whom To names (RFC 3261 section 12.2.1.1).
        var recipient = request.To?.Tag is null ? uri : request.To.Uri;
        if (recipient is { User: { } name } && own.IsDomain(recipient) && focus.Takes(name))
        {
            focus.Handle(transaction, name, sender);
        }
        else if (recipient is not { User: { } user } || !own.IsDomain(recipient) || users.FindPassword(user) is null)
        {
            transaction.Respond(404);
        }
        else if (isOfPresence)
        {
            presence.Handle(transaction, user, sender);
        }
        else if (await proxy.TryForwardAsync(transaction, request, user).ConfigureAwait(false))
        {
            // What had to wait while the network was down, without his having noticed.
            Offline?.Deliver(user);
        }
        else if (Offline is not null && request.Method == SipMethods.Message && request.To?.Tag is null && !Gruu.IsGruu(uri))
        {
            await Offline.StoreAsync(transaction, request, user, OfflineLifetime).ConfigureAwait(false);
        }
        else
        {
            transaction.Respond(480);
        }
    }

    // We are registrar of the domain, and end point of what names no user of it.
    private bool IsForUs(SipRequest request) =>
        request.RequestUri is { } uri && own.IsServer(uri) && (uri.User is null || request.Method == SipMethods.Register);
}
