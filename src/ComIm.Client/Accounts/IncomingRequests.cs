using ComIm.Client.Sessions;
using ComIm.Sip.Bodies;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.UserAgentServer;

namespace ComIm.Client.Accounts;

/// <summary>Answers what comes in for an account outside dialogs (RFC 3261 section 8.2).</summary>
internal sealed class IncomingRequests(ImAccount account)
{
    // Bodies are judged where they are read.
    private static readonly UasCapabilities Capabilities = new() { Methods = ImAccount.Allowed.Split(", ") };

    public Task HandleAsync(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method == SipMethods.Invite && request.RequestUri is not null)
        {
            // What it requires, and its body, is the session's matter.
            Invite(transaction);
        }
        else if (RequestInspection.AsUserAgentServer(request, Capabilities) is { } refusal)
        {
            refusal.Answer(transaction);
        }
        else if (request.Method is not (SipMethods.Message or SipMethods.Options))
        {
            // What belongs into a dialog has none here.
            transaction.Respond(481);
        }
        else if (request.Method == SipMethods.Options)
        {
            var response = transaction.CreateResponse(200);
            response.Headers.Add(HeaderId.Allow, Capabilities.Allow);
            response.Headers.Add(HeaderId.Accept, account.Receiver.Accepted.Header + ", " + MessageDescription.ContentType);
            response.Headers.Add("Accept-Encoding", BodyRejections.AcceptEncoding);
            transaction.Respond(response);
        }
        else
        {
            account.Receiver.Receive(transaction);
        }

        return Task.CompletedTask;
    }

    private void Invite(ServerTransaction transaction)
    {
        if (transaction.Request.From!.Uri is not { User: not null } from)
        {
            transaction.Respond(400, "Invalid From");
            return;
        }

        if (account.HandlesSessions)
        {
            if (ImSession.Receive(account, transaction, from) is { } offered)
            {
                account.RaiseOffered(offered);
            }

            return;
        }

        ReadOnlyMemory<byte> offer = default;
        if (!transaction.Request.Body.IsEmpty)
        {
            var decoded = SipBody.Decode(transaction.Request);
            var chosen = decoded.Body is { } body ? body.Select(IsDescription) : decoded;
            if (chosen.Body is null)
            {
                var response = transaction.CreateResponse(
                    BodyRejections.StatusCodeOf(chosen.Rejection), BodyRejections.ReasonPhraseOf(chosen.Rejection));
                BodyRejections.AddAccepted(response, chosen.Rejection, MessageDescription.ContentType);
                transaction.Respond(response);
                return;
            }

            offer = chosen.Body.Content;
        }

        var session = account.ConversationWith(from).Session;
        if (account.Sessions.Receive(transaction, session) is { } invite)
        {
            session.OnInvite(invite, offer.Span);
        }
    }

    private static BodyRejection IsDescription(SipBody body) =>
        body.Type.Is(MessageDescription.ContentType) ? BodyRejection.None : BodyRejection.UnsupportedMediaType;
}
