using System.Net;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Transport;

/// <summary>Where the response to a request goes (RFC 3261 section 18.2.2, RFC 3581 section 4).</summary>
/// <param name="First">Where it is sent.</param>
/// <param name="SentBy">The address and port of the Via, where a new connection may be made when that fails; null where not.</param>
/// <param name="HostName">The host of the Via.</param>
public readonly record struct ResponseRoute(SipTarget First, IPEndPoint? SentBy = null, string? HostName = null)
{
    /// <summary>Where it is sent when that fails; null where nowhere.</summary>
    public SipTarget? Fallback => SentBy is null ? null : new SipTarget(First.Transport, SentBy) { HostName = HostName };

    /// <summary>Reads the topmost Via, as it came.</summary>
    /// <param name="via">The topmost Via.</param>
    /// <param name="transport">The transport that the request came over.</param>
    /// <param name="source">Where it came from.</param>
    public static ResponseRoute Of(ViaHeader via, SipTransportKind transport, IPEndPoint source)
    {
        ArgumentNullException.ThrowIfNull(via);
        ArgumentNullException.ThrowIfNull(source);
        return ViaParts.TryReadFirst(via.ToString(), out var parts) ? Of(parts, transport, source) : default;
    }

    internal static ResponseRoute Of(scoped ViaParts via, SipTransportKind transport, IPEndPoint source)
    {
        var port = via.Port ?? SipTarget.DefaultPortOf(transport);
        if (transport != SipTransportKind.Udp)
        {
            // Over the connection of the request; where that is closed, over a new one to the address it came from, at the
            // port in sent-by, since on that one the sender listens.
            return new ResponseRoute(
                new SipTarget(transport, source) { IsFlow = true },
                new IPEndPoint(source.Address, port),
                via.Host.ToString());
        }

        // maddr was made for multicast, and is for nothing else here: whoever names a third party in it would have our answers sent
        // there, without so much as a forged source. What is no address is not looked up, since its sender may be anyone.
        if (via.TryFind("maddr", out var maddr) && new HostPort(maddr.ToString(), null) is { Host.Length: > 0, Address: { } group }
            && group.AddressFamily == source.AddressFamily && IsMulticast(group))
        {
            return new ResponseRoute(new SipTarget(transport, new IPEndPoint(group, port)));
        }

        return new ResponseRoute(
            new SipTarget(transport, via.TryFind("rport", out _) ? source : new IPEndPoint(source.Address, port)));
    }

    private static bool IsMulticast(IPAddress address) =>
        address.IsIPv6Multicast || (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && (address.GetAddressBytes()[0] & 0xF0) == 0xE0);
}
