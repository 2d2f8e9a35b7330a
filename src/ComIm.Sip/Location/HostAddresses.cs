using System.Net;
using System.Net.Sockets;

namespace ComIm.Sip.Location;

/// <summary>
/// The addresses of a host: from this computer's hosts file, from DNS (A and AAAA), and last from the system's own
/// resolver, which also knows search domains, mDNS and, without any name server, what the network tells it.
/// </summary>
internal sealed class HostAddresses(DnsResolver dns, ILocalNames local)
{
    /// <summary>Finds the addresses, IPv4 first: of two ways to the same host it is the one that more SIP servers listen on.</summary>
    /// <param name="host">The host's name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Empty where there is none.</returns>
    public async Task<IReadOnlyList<IPAddress>> FindAsync(string host, CancellationToken cancellationToken)
    {
        host = host.EndsWith('.') ? host[..^1] : host;
        if (SpecialNames.IsInvalid(host))
        {
            return [];
        }

        if (local.Find(host) is { Count: > 0 } own)
        {
            return Sort(own);
        }

        if (SpecialNames.IsLocalhost(host))
        {
            return Sort([IPAddress.Loopback, IPAddress.IPv6Loopback]);
        }

        var v4 = dns.LookupAsync(host, DnsRecordType.A, cancellationToken);
        var v6 = dns.LookupAsync(host, DnsRecordType.Aaaa, cancellationToken);
        await Task.WhenAll(v4, v6).ConfigureAwait(false);
        IReadOnlyList<IPAddress> found =
            [.. (await v4.ConfigureAwait(false)).DataOf<IPAddress>(), .. (await v6.ConfigureAwait(false)).DataOf<IPAddress>()];
        return Sort(found.Count > 0 ? found : await local.ResolveAsync(host, cancellationToken).ConfigureAwait(false));
    }

    private static IReadOnlyList<IPAddress> Sort(IReadOnlyList<IPAddress> addresses) =>
    [
        .. addresses
            .Where(a => a.AddressFamily == AddressFamily.InterNetwork ? Socket.OSSupportsIPv4 : Socket.OSSupportsIPv6)
            .OrderBy(a => a.AddressFamily == AddressFamily.InterNetworkV6),
    ];
}
