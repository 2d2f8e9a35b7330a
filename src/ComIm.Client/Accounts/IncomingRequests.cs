using ComIm.Client.Messaging;
using ComIm.Sip.Bodies;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.UserAgentServer;

namespace ComIm.Client.Accounts;

/// <summary>Answers what comes in for an account (RFC 3261 section 8.2).</summary>
internal sealed class IncomingRequests(ImAccount account)
{
    private static readonly UasCapabilities Capabilities = new()
    {
        Methods = [SipMethods.Message, SipMethods.Options],
        MediaTypes = PagerMessage.MediaTypes,
    };

    private readonly SeenMessages _seen = new();

    public Task HandleAsync(ServerTransaction transaction)
    {
        if (RequestInspection.AsUserAgentServer(transaction.Request, Capabilities) is { } refusal)
        {
            refusal.Answer(transaction);
        }
        else if (transaction.Request.Method == SipMethods.Options)
        {
            var response = transaction.CreateResponse(200);
            response.Headers.Add(HeaderId.Allow, Capabilities.Allow);
            response.Headers.Add(HeaderId.Accept, Capabilities.Accept);
            response.Headers.Add("Accept-Encoding", BodyRejections.AcceptEncoding);
            transaction.Respond(response);
        }
        else
        {
            Receive(transaction);
        }

        return Task.CompletedTask;
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
            BodyRejections.AddAccepted(response, rejection, Capabilities.Accept);
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
