using ComIm.Client.Messaging;
using ComIm.Sip.Bodies;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Client.Accounts;

/// <summary>Answers what comes in for an account (RFC 3261 section 8.2).</summary>
internal sealed class IncomingRequests(ImAccount account)
{
    private const string Allowed = "MESSAGE, OPTIONS";

    private readonly SeenMessages _seen = new();

    public Task HandleAsync(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method is not (SipMethods.Message or SipMethods.Options))
        {
            Refuse(transaction, request.Method == SipMethods.Cancel ? 481 : 405, HeaderId.Allow, Allowed);
        }
        else if (request.RequestUri is null)
        {
            transaction.Respond(416);
        }
        else if (request.Headers.Get(HeaderId.Require) is { Length: > 0 } required)
        {
            Refuse(transaction, 420, HeaderId.Unsupported, required);
        }
        else if (request.Method == SipMethods.Options)
        {
            var response = transaction.CreateResponse(200);
            response.Headers.Add(HeaderId.Allow, Allowed);
            response.Headers.Add(HeaderId.Accept, PagerMessage.Accept);
            response.Headers.Add("Accept-Encoding", BodyRejections.AcceptEncoding);
            transaction.Respond(response);
        }
        else
        {
            Receive(transaction);
        }

        return Task.CompletedTask;
    }

    private static void Refuse(ServerTransaction transaction, int status, HeaderId header, string value)
    {
        var response = transaction.CreateResponse(status);
        response.Headers.Add(header, value);
        transaction.Respond(response);
    }

    private void Receive(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.From!.Uri is not { } from)
        {
            transaction.Respond(400, "Invalid From");
            return;
        }

        var (message, rejection) = PagerMessage.Read(request, from, account.Address, account.Options.TimeProvider.GetUtcNow());
        if (message is null)
        {
            var status = BodyRejections.StatusCodeOf(rejection);
            var response = transaction.CreateResponse(status, BodyRejections.ReasonPhraseOf(rejection));
            BodyRejections.AddAccepted(response, rejection, PagerMessage.Accept);
            transaction.Respond(response);
            return;
        }

        if (_seen.Add(request))
        {
            account.Deliver(message, from);
        }

        transaction.Respond(200);
    }
}
