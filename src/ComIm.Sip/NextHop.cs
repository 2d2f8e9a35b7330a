using System.Net;
using ComIm.Sip.Location;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip;

/// <summary>Where a request inside a dialog goes (RFC 3261 section 8.1.2).</summary>
public static class NextHop
{
    /// <summary>The address of a URI that names one; everything else goes to the outbound proxy. Nobody is asked.</summary>
    /// <param name="uri">The topmost Route or the remote target; null where it is no SIP URI.</param>
    /// <param name="outbound">The outbound proxy.</param>
    /// <param name="isAvailable">Whether the stack has a transport; what it cannot reach itself the proxy may.</param>
    public static SipTarget Of(SipUri? uri, SipTarget outbound, Func<SipTransportKind, bool> isAvailable)
    {
        ArgumentNullException.ThrowIfNull(isAvailable);
        if (uri is null || AddressOf(uri) is not { } address)
        {
            return outbound;
        }

        var kind = TransportOf(uri, outbound.Transport);
        if (kind is not { } transport || !isAvailable(transport))
        {
            return outbound;
        }

        var port = uri.Port ?? SipTarget.DefaultPortOf(transport);
        return new SipTarget(transport, new IPEndPoint(address, port));
    }

    /// <summary>
    /// The same, and a name is looked up (RFC 3263 section 4), unless it is that of the outbound proxy: the way to it is known. What
    /// went over TLS goes over nothing less.
    /// </summary>
    /// <param name="uri">The topmost Route or the remote target; null where it is no SIP URI.</param>
    /// <param name="outbound">The outbound proxy.</param>
    /// <param name="isAvailable">Whether the stack has a transport.</param>
    /// <param name="locator">Looks names up.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SipLocationException">The name leads nowhere.</exception>
    public static async ValueTask<SipTarget> LocateAsync(
        SipUri? uri, SipTarget outbound, Func<SipTransportKind, bool> isAvailable, SipLocator locator, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(locator);
        ArgumentNullException.ThrowIfNull(isAvailable);
        if (uri is null || AddressOf(uri) is not null || uri.Host.Equals(outbound.HostName, StringComparison.OrdinalIgnoreCase))
        {
            return Of(uri, outbound, isAvailable);
        }

        var query = SipServerQuery.Of(uri);
        await foreach (var target in locator.WalkAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (isAvailable(target.Transport) && (outbound.Transport != SipTransportKind.Tls || target.Transport == SipTransportKind.Tls))
            {
                return target with { HostName = query.Server.Host };
            }
        }

        return outbound;
    }

    // maddr overrides the host (RFC 3261 section 19.1.1).
    private static IPAddress? AddressOf(SipUri uri) =>
        uri.Parameters.Get("maddr") is { Length: > 0 } maddr ? new HostPort(maddr, null).Address : uri.HostPort.Address;

    /// <summary>The transport a URI names; without one that of the flow in use, since the peer is reached over it already.</summary>
    private static SipTransportKind? TransportOf(SipUri uri, SipTransportKind current) => uri.Parameters.Get("transport")?.ToUpperInvariant() switch
    {
        "TLS" => SipTransportKind.Tls,
        "TCP" => uri.IsSecure ? SipTransportKind.Tls : SipTransportKind.Tcp,
        "UDP" => uri.IsSecure ? null : SipTransportKind.Udp,
        null => uri.IsSecure ? SipTransportKind.Tls : current,
        _ => null,
    };
}
