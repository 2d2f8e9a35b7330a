using ComIm.Sip.Messages;

namespace ComIm.Sip.Transport;

/// <summary>
/// Chooses the transport of a request: what would not fit a datagram goes over TCP (RFC 3261 section 18.1.1), where there
/// is one.
/// </summary>
internal static class TransportSelector
{
    /// <summary>The most that goes over UDP: what is left of the smallest usual path MTU, 1500, less 200 for responses.</summary>
    public const int MaxDatagramRequest = 1300;

    /// <summary>What the Via that is added later takes, at most: transport, an IPv6 address and port, branch, rport.</summary>
    private const int ViaLength = 160;

    /// <summary>Where a request goes: first, and again over UDP when nobody takes TCP there.</summary>
    /// <param name="request">The request, without our Via.</param>
    /// <param name="target">Where it is to go.</param>
    /// <param name="find">The transport of a kind, or null.</param>
    /// <param name="last">The last choice, to be used again where it is the same: most requests go to one place.</param>
    /// <exception cref="SipTransportException">There is no such transport.</exception>
    public static TransportChoice Choose(
        SipRequest request, SipTarget target, Func<SipTransportKind, ISipTransport?> find, TransportChoice? last = null)
    {
        var asked = find(target.Transport)
            ?? throw new SipTransportException($"This endpoint has no {SipTarget.NameOf(target.Transport)} transport.");
        var choice = last is { Fallback: null } && last.Transport == asked && last.Target == target ? last : new TransportChoice(asked, target);
        return target.Transport == SipTransportKind.Udp && find(SipTransportKind.Tcp) is { } tcp && IsLarge(request)
            ? new TransportChoice(tcp, target with { Transport = SipTransportKind.Tcp }) { Fallback = choice }
            : choice;
    }

    private static bool IsLarge(SipRequest request) => request.Length + ViaLength > MaxDatagramRequest;
}
