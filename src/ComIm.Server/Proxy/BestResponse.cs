using ComIm.Sip.Messages;

namespace ComIm.Server.Proxy;

/// <summary>Which of the answers of several branches goes back (RFC 3261 section 16.7 steps 6 and 7).</summary>
internal static class BestResponse
{
    /// <summary>Chooses: a global failure, else the lowest class; in a class what helps the sender to try again first.</summary>
    /// <param name="responses">Final responses that are no success; one at least.</param>
    /// <returns>The best, a copy where it had to be completed.</returns>
    public static SipResponse Of(IReadOnlyList<SipResponse> responses)
    {
        var best = responses.OrderBy(Rank).First();
        if (best.StatusCode is not (401 or 407) || responses.Count == 1)
        {
            return best;
        }

        // The sender can only answer the challenges that it sees, and each branch may have another.
        var merged = best.Copy();
        foreach (var other in responses.Where(r => r != best && r.StatusCode is 401 or 407))
        {
            merged.Headers.CopyFrom(other.Headers, HeaderId.WwwAuthenticate);
            merged.Headers.CopyFrom(other.Headers, HeaderId.ProxyAuthenticate);
        }

        return merged;
    }

    private static int Rank(SipResponse response) => response.StatusCode switch
    {
        >= 600 => 0,
        401 or 407 or 415 or 420 or 484 => (response.StatusCode / 100 * 10) + 1,

        // Silence says less than any answer.
        408 or 487 => (response.StatusCode / 100 * 10) + 9,
        _ => (response.StatusCode / 100 * 10) + 5,
    };
}
