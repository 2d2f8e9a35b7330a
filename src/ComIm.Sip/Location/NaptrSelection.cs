using ComIm.Sip.Transport;

namespace ComIm.Sip.Location;

/// <summary>Which services NAPTR records offer us, and in which order (RFC 3263 section 4.1, RFC 3403 section 4.1).</summary>
internal static class NaptrSelection
{
    /// <summary>Takes what can be used, of the lowest order that has such, by preference.</summary>
    /// <param name="records">The records.</param>
    /// <param name="query">For sips only what is TLS to the end is taken.</param>
    /// <param name="supported">The transports we have.</param>
    public static IReadOnlyList<SipService> Select(
        IEnumerable<NaptrData> records, SipServerQuery query, IReadOnlyCollection<SipTransportKind> supported)
    {
        var usable = records
            .Where(r => TransportOf(r) is { } t && supported.Contains(t) && (!query.IsSecure || t == SipTransportKind.Tls))
            .GroupBy(r => r.Order)
            .MinBy(g => g.Key);
        return usable is null
            ? []
            : [.. usable.OrderBy(r => r.Preference).Select(r => new SipService(TransportOf(r)!.Value, r.Replacement)).Distinct()];
    }

    // SIP has the flag "s", a replacement and no expression; other combinations are other applications' (RFC 3263 section 4.1).
    private static SipTransportKind? TransportOf(NaptrData record) =>
        !record.Flags.Equals("s", StringComparison.OrdinalIgnoreCase) || record.Expression.Length > 0 || record.Replacement == DnsName.Root
            ? null
            : record.Services.ToUpperInvariant() switch
            {
                "SIP+D2U" => SipTransportKind.Udp,
                "SIP+D2T" => SipTransportKind.Tcp,
                "SIPS+D2T" => SipTransportKind.Tls,
                _ => null,
            };
}
