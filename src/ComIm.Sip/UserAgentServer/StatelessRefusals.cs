using System.Globalization;
using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;
using Microsoft.Extensions.Logging;

namespace ComIm.Sip.UserAgentServer;

/// <summary>Refuses requests that get no transaction: faulty ones, and those for which there is no room (RFC 3261 section 8.2.7).</summary>
internal sealed class StatelessRefusals(TransactionLayer transactions, ILogger log)
{
    // Seconds; by then a third of what is remembered over UDP is forgotten.
    private const string OverLimitRetryAfter = "10";

    /// <summary>Answers a faulty request where enough of it can be read (RFC 3261 section 8.2, 16.3); drops the rest.</summary>
    public void Refuse(ISipTransport transport, IPEndPoint remote, SipMessage message, SipRejection rejection)
    {
        log.LogDebug("A message from {Remote} is refused: {Rejection}", remote, rejection);
        if (message is not SipRequest request || request.Method == SipMethods.Ack || !request.Headers.Contains(HeaderId.Via))
        {
            return;
        }

        Answer(
            transport, remote, request, SipRejections.StatusCodeOf(rejection), SipRejections.ReasonPhraseOf(rejection), SipTokens.NewTag());
    }

    /// <summary>Refuses a request for which there is no room. Nothing is remembered of it: each copy of it gets the same answer.</summary>
    public void RefuseOverLimit(SipRequest request, ISipTransport transport, IPEndPoint remote)
    {
        log.LogDebug("A {Method} from {Remote} is refused: too many transactions", request.Method, remote);

        // The tag has to be the same for each copy (RFC 3261 section 8.2.7).
        var tag = (uint)HashCode.Combine(request.TopVia?.ToString(), request.CallId, request.From?.Tag, request.CSeq);
        Answer(transport, remote, request, 503, null, tag.ToString("x8", CultureInfo.InvariantCulture), (HeaderId.RetryAfter, OverLimitRetryAfter));
    }

    private void Answer(
        ISipTransport transport,
        IPEndPoint remote,
        SipRequest request,
        int statusCode,
        string? reasonPhrase,
        string tag,
        (HeaderId Header, string Value)? field = null)
    {
        // Where the topmost Via cannot be read, the answer goes to where the request came from.
        var route = new ResponseRoute(new SipTarget(transport.Kind, remote) { IsFlow = transport.Kind != SipTransportKind.Udp }, null);
        if (request.TopVia is { } via)
        {
            request.Headers.ReplaceFirstValue(HeaderId.Via, via.WithSource(remote).ToString());
            route = ResponseRoute.Of(via, transport.Kind, remote);
        }

        var response = SipResponse.AnswerTo(request, statusCode, reasonPhrase, tag);
        if (field is { } added)
        {
            response.Headers.Add(added.Header, added.Value);
        }

        _ = SendAndForgetAsync(transport, route, response);
    }

    private async Task SendAndForgetAsync(ISipTransport transport, ResponseRoute route, SipResponse response)
    {
        try
        {
            await transactions.SendAsync(transport, route, response).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SipTransportException or OperationCanceledException)
        {
            log.LogDebug(e, "A refusal could not be sent to {Remote}", route.First);
        }
    }
}
