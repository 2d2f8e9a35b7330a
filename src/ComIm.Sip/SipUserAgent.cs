using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip;

/// <summary>
/// Sends the requests of one identity through its outbound proxy and answers challenges on the way (RFC 3261 section
/// 8.1, 22).
/// </summary>
public sealed class SipUserAgent
{
    // Once for the server's challenge, once for a proxy's, once more for a nonce that went stale between.
    private const int MaxAttempts = 4;

    private readonly SipStack _stack;
    private readonly RequestAuthenticator _authenticator;
    private readonly string _name;

    /// <summary>Makes a user agent.</summary>
    /// <param name="stack">Sends and receives.</param>
    /// <param name="outbound">Where every request goes first.</param>
    /// <param name="authenticator">Answers challenges.</param>
    /// <param name="name">The User-Agent header.</param>
    public SipUserAgent(SipStack stack, SipTarget outbound, RequestAuthenticator authenticator, string name)
    {
        _stack = stack;
        Outbound = outbound;
        _authenticator = authenticator;
        _name = name;
    }

    /// <summary>Where every request goes first.</summary>
    public SipTarget Outbound { get; }

    /// <summary>Sends a request that has From, To, Call-ID and CSeq, and waits for its final response.</summary>
    /// <param name="request">The request; where it has to be sent again, its CSeq goes up (RFC 3261 section 22.2).</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The outcome, and the CSeq number used last.</returns>
    public async Task<(SipOutcome Outcome, uint LastSequence)> SendAsync(SipRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var sequence = request.CSeq?.Number ?? throw new ArgumentException("The request has no CSeq.", nameof(request));
        request.Headers.Add(HeaderId.UserAgent, _name);
        for (var attempt = 1; ; attempt++)
        {
            var copy = request.Copy();
            copy.Headers.Set(HeaderId.CSeq, new CSeq(sequence, request.Method).ToString());
            _authenticator.Authorize(copy);
            var transaction = _stack.Begin(copy, Outbound);
            var response = await transaction.FinalResponse.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (transaction.FailureCause is null && !_authenticator.Confirm(response, copy))
            {
                var cause = new SipTransportException("The response does not prove that it comes from the server.");
                return (new SipOutcome(SipResponse.AnswerTo(copy, 503), cause), sequence);
            }

            if (attempt == MaxAttempts || transaction.FailureCause is not null || !_authenticator.Accept(response, copy))
            {
                return (new SipOutcome(response, transaction.FailureCause), sequence);
            }

            sequence++;
        }
    }
}
