using ComIm.Client.Messaging;
using ComIm.Client.Sessions;
using ComIm.Sip.Bodies;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Client.Accounts;

/// <summary>Answers what comes in for an account outside dialogs (RFC 3261 section 8.2).</summary>
internal sealed class IncomingRequests(ImAccount account)
{
    public Task HandleAsync(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method is not (SipMethods.Message or SipMethods.Options or SipMethods.Invite))
        {
            Refuse(transaction, request.Method == SipMethods.Cancel ? 481 : 405, HeaderId.Allow, ImAccount.Allowed);
        }
        else if (request.RequestUri is null)
        {
            transaction.Respond(416);
        }
        else if (request.Method == SipMethods.Invite)
        {
            Invite(transaction);
        }
        else if (request.Headers.Get(HeaderId.Require) is { Length: > 0 } required)
        {
            Refuse(transaction, 420, HeaderId.Unsupported, required);
        }
        else if (request.Method == SipMethods.Options)
        {
            var response = transaction.CreateResponse(200);
            response.Headers.Add(HeaderId.Allow, ImAccount.Allowed);
            response.Headers.Add(HeaderId.Accept, MessageReceiver.Accept + ", " + MessageDescription.ContentType);
            response.Headers.Add("Accept-Encoding", BodyRejections.AcceptEncoding);
            transaction.Respond(response);
        }
        else
        {
            account.Receiver.Receive(transaction);
        }

        return Task.CompletedTask;
    }

    private static void Refuse(ServerTransaction transaction, int status, HeaderId header, string value)
    {
        var response = transaction.CreateResponse(status);
        response.Headers.Add(header, value);
        transaction.Respond(response);
    }

    private void Invite(ServerTransaction transaction)
    {
        if (transaction.Request.From!.Uri is not { User: not null } from)
        {
            transaction.Respond(400, "Invalid From");
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
