using System.Globalization;
using ComIm.Sip.Messages;

namespace ComIm.Server.Proxy;

/// <summary>
/// On how many branches a request may be at once, in all servers of its way together (RFC 5393 section 5). What one fork gives its
/// branches is never more than what came in, so that forks behind forks do not multiply.
/// </summary>
internal static class Breadth
{
    /// <summary>What a request has that does not say (section 5.2), and the most that is believed of one that does.</summary>
    public const int Max = 60;

    /// <summary>What a request may be divided into.</summary>
    /// <param name="request">The request as it came; a Max-Breadth that cannot be read counts as none.</param>
    public static int Of(SipRequest request) => (int)Math.Min(request.MaxBreadth ?? Max, Max);

    /// <summary>Divides it as evenly as it goes.</summary>
    /// <param name="breadth">What came in.</param>
    /// <param name="places">How many places there are to ask.</param>
    /// <returns>
    /// The shares of those that may be asked at once: 1 at least each, together what came in. Fewer than there are places where it does
    /// not suffice; the others wait until one of these has ended (section 5.3.2).
    /// </returns>
    public static int[] Share(int breadth, int places)
    {
        var shares = new int[Math.Min(breadth, places)];
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = (breadth / shares.Length) + (i < breadth % shares.Length ? 1 : 0);
        }

        return shares;
    }

    /// <summary>Says in a request how much of it is its own.</summary>
    /// <param name="request">The request that is sent on; it is changed.</param>
    /// <param name="share">Its share.</param>
    public static void Put(SipRequest request, int share) =>
        request.Headers.Set(HeaderId.MaxBreadth, share.ToString(CultureInfo.InvariantCulture));
}
