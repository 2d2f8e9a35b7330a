namespace ComIm.Sip.Location;

/// <summary>A response as a server sent it.</summary>
/// <param name="Id">The query's number.</param>
/// <param name="Code">What became of the query.</param>
/// <param name="IsTruncated">It did not fit; ask over TCP. The records are then not read.</param>
/// <param name="Question">What was asked; null where the server did not repeat it.</param>
/// <param name="Answers">The records of the answer section, those of types unknown here left out.</param>
/// <param name="Authorities">The SOA records of the authority section.</param>
internal sealed record DnsMessage(
    ushort Id,
    DnsResponseCode Code,
    bool IsTruncated,
    DnsQuestion? Question,
    IReadOnlyList<DnsRecord> Answers,
    IReadOnlyList<DnsRecord> Authorities);
