using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;
using ComIm.Sip.Transport;

namespace ComIm.Sip;

/// <summary>
/// One request from its first attempt to the response that counts: challenges are answered on the way, each attempt being a
/// transaction of its own with the next CSeq (RFC 3261 section 22.2).
/// </summary>
internal sealed class ClientRequest
{
    // Once for the server's challenge, once for a proxy's, once more for a nonce that went stale between.
    internal const int MaxAttempts = 4;

    private readonly SipStack _stack;
    private readonly RequestAuthenticator _authenticator;
    private readonly SipRequest _request;
    private readonly LocalSequence _sequence;
    private readonly Lock _gate = new();
    private ClientTransaction? _transaction;
    private bool _isCancelled;

    /// <summary>Makes a request ready to be sent.</summary>
    /// <param name="stack">Sends it.</param>
    /// <param name="authenticator">Answers challenges.</param>
    /// <param name="request">The request; each attempt sends a copy.</param>
    /// <param name="sequence">Numbers the attempts.</param>
    public ClientRequest(SipStack stack, RequestAuthenticator authenticator, SipRequest request, LocalSequence sequence)
    {
        _stack = stack;
        _authenticator = authenticator;
        _request = request;
        _sequence = sequence;
    }

    /// <summary>Sees every response with the request it answers, provisional ones and retransmitted 2xx too, on the receive loop.</summary>
    public Action<SipRequest, SipResponse>? ResponseReceived { get; init; }

    /// <summary>The number of the last attempt.</summary>
    public uint LastSequence { get; private set; }

    /// <summary>The last attempt as it was sent; null before the first.</summary>
    public SipRequest? LastSent { get; private set; }

    /// <summary>Sends the request and waits for its final response.</summary>
    /// <param name="target">The next hop.</param>
    /// <param name="cancellationToken">Stops waiting; the transaction goes on.</param>
    public async Task<SipOutcome> SendAsync(SipTarget target, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var copy = _request.Copy();
            ClientTransaction? transaction;
            try
            {
                transaction = Begin(copy, target);
            }
            catch (SipTransportException e)
            {
                return new SipOutcome(SipResponse.AnswerTo(copy, 503), e);
            }

            if (transaction is null)
            {
                return new SipOutcome(SipResponse.AnswerTo(copy, 487), null);
            }

            var response = await transaction.FinalResponse.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (transaction.FailureCause is null && !_authenticator.Confirm(response, copy))
            {
                var cause = new SipTransportException("The response does not prove that it comes from the server.");
                return new SipOutcome(SipResponse.AnswerTo(copy, 503), cause);
            }

            if (attempt == MaxAttempts || transaction.FailureCause is not null || !_authenticator.Accept(response, copy, target.EndPoint))
            {
                return new SipOutcome(response, transaction.FailureCause);
            }
        }
    }

    /// <summary>Takes an INVITE back (RFC 3261 section 9.1); it is not tried again either.</summary>
    public void Cancel()
    {
        ClientTransaction? transaction;
        lock (_gate)
        {
            _isCancelled = true;
            transaction = _transaction;
        }

        transaction?.Cancel();
    }

    private ClientTransaction? Begin(SipRequest copy, SipTarget target)
    {
        ClientTransaction? transaction = null;

        // The number is taken and the request handed to the transport in one step: the peer refuses what arrives out of order.
        _sequence.Take(number =>
        {
            LastSequence = number;
            copy.Headers.Set(HeaderId.CSeq, new CSeq(number, copy.Method).ToString());
            _authenticator.Authorize(copy, target.EndPoint);
            lock (_gate)
            {
                if (_isCancelled)
                {
                    return;
                }
            }

            LastSent = copy;
            transaction = _stack.Begin(copy, target, response => ResponseReceived?.Invoke(copy, response));
        });
        lock (_gate)
        {
            _transaction = transaction;
            if (!_isCancelled)
            {
                return transaction;
            }
        }

        // Cancelled between the two steps above.
        transaction?.Cancel();
        return transaction;
    }
}
