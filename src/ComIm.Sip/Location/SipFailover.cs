using ComIm.Sip.Transport;

namespace ComIm.Sip.Location;

/// <summary>Goes on to the next target where one fails (RFC 3263 section 4.3).</summary>
public static class SipFailover
{
    private const int ServiceUnavailable = 503;

    /// <summary>
    /// Whether the next target is to be tried: the server says 503, or it did not answer, or it cannot be reached. Every
    /// other response is the domain's word, and the next server would say the same.
    /// </summary>
    /// <param name="outcome">How the request to a target ended.</param>
    public static bool IsFailureOfTarget(SipOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.Failure is not null || outcome.StatusCode == ServiceUnavailable;
    }

    /// <summary>Sends to one target after the other until one has an answer.</summary>
    /// <param name="targets">The targets in their order, at least one.</param>
    /// <param name="send">Sends a new request, with a branch of its own, to a target.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The target and the outcome that counts: the first that is no failure of the target, else the last.</returns>
    /// <exception cref="SipTransportException">The last target could not be sent to at all.</exception>
    /// <exception cref="SipLocationException">There is no target.</exception>
    public static async Task<(SipTarget Target, SipOutcome Outcome)> SendAsync(
        IAsyncEnumerable<SipTarget> targets,
        Func<SipTarget, CancellationToken, Task<SipOutcome>> send,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(send);
        (SipTarget, SipOutcome)? last = null;
        SipTransportException? cause = null;
        await foreach (var target in targets.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                var outcome = await send(target, cancellationToken).ConfigureAwait(false);
                last = (target, outcome);
                if (!IsFailureOfTarget(outcome))
                {
                    break;
                }
            }
            catch (SipTransportException e)
            {
                cause = e;
            }
        }

        // An answer that somebody gave says more than that the last one could not be asked.
        return last ?? throw (Exception?)cause ?? new SipLocationException("There is no target to send to.");
    }
}
