using System.Globalization;
using ComIm.Sip.Messages;

namespace ComIm.Server.Proxy;

/// <summary>
/// The end of our branches, made of all that decides where a request goes: a request that comes back with it unchanged runs in a
/// circle, one that comes back changed is a spiral and may (RFC 3261 sections 16.3 step 4, 16.6 step 8, which RFC 5393 section 4.2
/// demands of who forks). The method has no part in it, since CANCEL and ACK bear the branch of their INVITE. The hash is keyed by the
/// process, so nobody else can make one.
/// </summary>
internal static class LoopMark
{
    /// <summary>The mark of a request as it came, or as it is forwarded with the same Request-URI.</summary>
    /// <param name="request">The request, its own Routes to us removed.</param>
    public static string Of(SipRequest request)
    {
        var hash = default(HashCode);
        hash.Add(request.RequestUriText);
        hash.Add(request.CallId);
        hash.Add(request.From?.Tag);
        hash.Add(request.To?.Tag);
        hash.Add(request.CSeq?.Number);
        hash.Add(request.Headers.Get(HeaderId.Route));
        return string.Create(CultureInfo.InvariantCulture, $".{(uint)hash.ToHashCode():x8}");
    }

    /// <summary>Whether one of the Vias is ours and of the same mark.</summary>
    /// <param name="request">The request.</param>
    /// <param name="mark">Its mark.</param>
    public static bool IsIn(SipRequest request, string mark) =>
        request.Headers.CountOf(HeaderId.Via) is var fields && (fields > 1 || request.Headers.GetBytes(HeaderId.Via).Contains((byte)','))
        && request.Headers.GetValues(HeaderId.Via).Any(v =>
            ViaHeader.TryParseFirst(v, out var via) && via.Branch?.EndsWith(mark, StringComparison.Ordinal) == true);
}
