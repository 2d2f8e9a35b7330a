namespace ComIm.Sip.Location;

/// <summary>The record types that the location of SIP servers needs (RFC 1035 section 3.2.2, RFC 3596, 2782, 3403).</summary>
internal enum DnsRecordType : ushort
{
    /// <summary>An IPv4 address.</summary>
    A = 1,

    /// <summary>Another name of the same host.</summary>
    Cname = 5,

    /// <summary>The zone's authority; in a negative answer it says how long that may be remembered.</summary>
    Soa = 6,

    /// <summary>An IPv6 address.</summary>
    Aaaa = 28,

    /// <summary>A server of a service: host, port, priority and weight.</summary>
    Srv = 33,

    /// <summary>Which services a domain has.</summary>
    Naptr = 35,
}
