using System.Net;
using System.Runtime.CompilerServices;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Location;

/// <summary>
/// Finds the addresses behind a server's name, in the order in which they are to be tried (RFC 3263 section 4): NAPTR
/// gives the transport, SRV the hosts and ports, A and AAAA the addresses. Safe to use from any thread; one is enough
/// for a program, since it remembers what DNS said.
/// </summary>
public sealed class SipLocator
{
    private readonly SipLocatorOptions _options;
    private readonly DnsResolver _dns;
    private readonly HostAddresses _hosts;

    /// <summary>Makes a locator.</summary>
    /// <param name="options">Transports, name servers and limits; defaults where null.</param>
    public SipLocator(SipLocatorOptions? options = null)
    {
        _options = options ?? new SipLocatorOptions();
        Func<IReadOnlyList<IPEndPoint>> servers = _options.DnsServers is { } given
            ? () => given
            : new SystemDnsServers(_options.TimeProvider).Get;
        _dns = new DnsResolver(servers, _options.Exchange, _options.TimeProvider, _options.CacheCapacity);
        _hosts = new HostAddresses(_dns, _options.LocalNames ?? (_options.UseSystemNames ? new SystemNames() : new NoLocalNames()));
    }

    /// <summary>Finds every target at once.</summary>
    /// <param name="query">The server.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>At least one target.</returns>
    /// <exception cref="SipLocationException">There is none.</exception>
    public async Task<IReadOnlyList<SipTarget>> LocateAsync(SipServerQuery query, CancellationToken cancellationToken = default)
    {
        var targets = new List<SipTarget>();
        await foreach (var target in WalkAsync(query, cancellationToken).ConfigureAwait(false))
        {
            targets.Add(target);
        }

        return targets;
    }

    /// <summary>
    /// Lists the servers that a domain names in DNS (RFC 3263 section 4.1), in the order in which they are to be tried, without
    /// looking their addresses up. A domain without SRV records is its own server where it has an address.
    /// </summary>
    /// <param name="domain">The domain.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The servers; empty where the domain has none.</returns>
    public async Task<IReadOnlyList<(SipTransportKind Transport, HostPort Server)>> FindServersAsync(
        HostPort domain, CancellationToken cancellationToken = default)
    {
        var servers = new List<(SipTransportKind, HostPort)>();
        var hasService = false;
        if (domain.Address is null && domain.Port is null && !IsLocalName(domain.Host))
        {
            foreach (var service in await ServicesAsync(new SipServerQuery(domain), cancellationToken).ConfigureAwait(false))
            {
                var answer = await _dns.LookupAsync(service.Name, DnsRecordType.Srv, cancellationToken).ConfigureAwait(false);
                hasService |= answer.Kind == DnsAnswerKind.Found;
                servers.AddRange(SrvOrder.Sort(answer.DataOf<SrvData>(), _options.Random)
                    .Where(s => s.Target != DnsName.Root && s.Port != 0)
                    .Select(s => (service.Transport, new HostPort(s.Target, s.Port))));
            }
        }

        if (!hasService && (domain.Address is not null || (await _hosts.FindAsync(domain.Host, cancellationToken).ConfigureAwait(false)).Count > 0))
        {
            servers.AddRange(_options.Transports.Select(t => (t, domain.Port is null ? domain with { Port = SipTarget.DefaultPortOf(t) } : domain)));
        }

        return [.. servers.Take(_options.MaxTargets)];
    }

    /// <summary>Finds one target after the other; what lies behind the one that works is never looked up.</summary>
    /// <param name="query">The server.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SipLocationException">There is no target at all.</exception>
    public async IAsyncEnumerable<SipTarget> WalkAsync(
        SipServerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (query.IsSecure && query.Transport is { } prescribed && prescribed != SipTransportKind.Tls)
        {
            throw new SipLocationException($"sips needs TLS, and {SipTarget.NameOf(prescribed)} is prescribed for {query.Server.Host}.");
        }

        var seen = new HashSet<SipTarget>();
        await foreach (var target in FindAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (seen.Add(target))
            {
                yield return target;
            }

            if (seen.Count >= _options.MaxTargets)
            {
                break;
            }
        }

        if (seen.Count == 0)
        {
            throw new SipLocationException(
                $"No SIP server is found for {query.Server.Host}: the name does not exist, it offers none, or no name server answers.");
        }
    }

    private async IAsyncEnumerable<SipTarget> FindAsync(
        SipServerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var server = query.Server;
        var transport = TransportOf(query);
        var port = server.Port ?? SipTarget.DefaultPortOf(transport);
        if (server.Address is { } address)
        {
            yield return new SipTarget(transport, new IPEndPoint(address, port));
            yield break;
        }

        // With a port there is no SRV (RFC 3263 section 4.2), and hence no NAPTR.
        var hasService = false;
        if (server.Port is null && !IsLocalName(server.Host))
        {
            // All are asked at once: a domain without SRV costs one round, not one for each transport.
            var services = await ServicesAsync(query, cancellationToken).ConfigureAwait(false);
            var lookups = services.Select(s => _dns.LookupAsync(s.Name, DnsRecordType.Srv, cancellationToken)).ToList();
            foreach (var (service, lookup) in services.Zip(lookups))
            {
                var answer = await lookup.ConfigureAwait(false);
                hasService |= answer.Kind == DnsAnswerKind.Found;
                await foreach (var target in TargetsAsync(service, answer, cancellationToken).ConfigureAwait(false))
                {
                    yield return target;
                }
            }
        }

        if (!hasService)
        {
            var isSaid = query.Transport is not null || query.IsSecure || server.Port is not null;
            var addresses = await _hosts.FindAsync(server.Host, cancellationToken).ConfigureAwait(false);
            foreach (var kind in isSaid || _options.UnnamedTransports is not { } unnamed ? [transport] : unnamed)
            {
                foreach (var found in addresses)
                {
                    yield return new SipTarget(kind, new IPEndPoint(found, server.Port ?? SipTarget.DefaultPortOf(kind)));
                }
            }
        }
    }

    /// <summary>The services of a domain (RFC 3263 section 4.1): the prescribed one, else those in NAPTR, else every one we know.</summary>
    private async Task<IReadOnlyList<SipService>> ServicesAsync(SipServerQuery query, CancellationToken cancellationToken)
    {
        var domain = query.Server.Host;
        if (query.Transport is { } prescribed)
        {
            return [SipService.Of(prescribed, domain)];
        }

        var answer = await _dns.LookupAsync(domain, DnsRecordType.Naptr, cancellationToken).ConfigureAwait(false);
        var services = NaptrSelection.Select(answer.DataOf<NaptrData>(), query, _options.Transports);
        return services.Count > 0
            ? services
            : [.. _options.Transports.Where(t => !query.IsSecure || t == SipTransportKind.Tls).Select(t => SipService.Of(t, domain))];
    }

    private async IAsyncEnumerable<SipTarget> TargetsAsync(
        SipService service, DnsAnswer answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var server in SrvOrder.Sort(answer.DataOf<SrvData>(), _options.Random).Take(_options.MaxTargets))
        {
            // "." says that the service is not offered (RFC 2782), and nothing listens on port 0.
            if (server.Target == DnsName.Root || server.Port == 0)
            {
                continue;
            }

            foreach (var address in await _hosts.FindAsync(server.Target, cancellationToken).ConfigureAwait(false))
            {
                yield return new SipTarget(service.Transport, new IPEndPoint(address, server.Port));
            }
        }
    }

    /// <summary>What is spoken where nothing says more (RFC 3263 section 4.1): TLS for sips, UDP for sip, where we have it.</summary>
    private SipTransportKind TransportOf(SipServerQuery query) =>
        query.Transport
        ?? (query.IsSecure ? SipTransportKind.Tls
            : _options.Transports.Contains(SipTransportKind.Udp) ? SipTransportKind.Udp : _options.Transports[0]);

    private static bool IsLocalName(string host) => SpecialNames.IsLocalhost(host) || SpecialNames.IsInvalid(host);
}
