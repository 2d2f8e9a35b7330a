using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.UserAgentServer;

/// <summary>Why a request outside a dialog is not taken: the answer to it.</summary>
/// <param name="StatusCode">The status code.</param>
/// <param name="ReasonPhrase">The phrase; that of the RFC where null.</param>
/// <param name="Header">The header field by which the sender can mend it; null where there is none.</param>
/// <param name="Value">Its value.</param>
public sealed record RequestRefusal(int StatusCode, string? ReasonPhrase = null, string? Header = null, string? Value = null)
{
    internal RequestRefusal(int statusCode, HeaderId header, string value)
        : this(statusCode, null, HeaderNames.NameOf(header), value)
    {
    }

    /// <summary>Answers the request.</summary>
    /// <param name="transaction">Its transaction.</param>
    public void Answer(ServerTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var response = transaction.CreateResponse(StatusCode, ReasonPhrase);
        if (Header is not null)
        {
            response.Headers.Add(Header, Value ?? string.Empty);
        }

        transaction.Respond(response);
    }
}
