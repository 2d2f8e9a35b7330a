using System.Net;
using System.Security.Cryptography;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Location;

/// <summary>What a <see cref="SipLocator"/> is given from outside.</summary>
public sealed record SipLocatorOptions
{
    /// <summary>The transports that can be used, the preferred ones first; a domain's NAPTR records go before.</summary>
    public IReadOnlyList<SipTransportKind> Transports { get; init; } = [SipTransportKind.Udp, SipTransportKind.Tcp, SipTransportKind.Tls];

    /// <summary>
    /// The transports that are tried in turn where nothing says which: a name without port, SRV and NAPTR. Null is what RFC 3263
    /// section 4.1 asks for: UDP alone, where it can be used.
    /// </summary>
    public IReadOnlyList<SipTransportKind>? UnnamedTransports { get; init; }

    /// <summary>The name servers; null means those that this computer is set to use.</summary>
    public IReadOnlyList<IPEndPoint>? DnsServers { get; init; }

    /// <summary>Whether the hosts file and the system's resolver are used, too, for the addresses of hosts.</summary>
    public bool UseSystemNames { get; init; } = true;

    /// <summary>How many DNS answers are remembered.</summary>
    public int CacheCapacity { get; init; } = 1024;

    /// <summary>The most targets that one server's name leads to.</summary>
    public int MaxTargets { get; init; } = 32;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Draws by weight: a number from 0 up to, but without, its argument.</summary>
    internal Func<int, int> Random { get; init; } = RandomNumberGenerator.GetInt32;

    /// <summary>Takes the queries to the servers.</summary>
    internal IDnsExchange Exchange { get; init; } = new DnsSocketExchange();

    /// <summary>What this computer knows of hosts.</summary>
    internal ILocalNames? LocalNames { get; init; }
}
