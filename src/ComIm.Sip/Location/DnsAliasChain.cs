namespace ComIm.Sip.Location;

/// <summary>
/// Follows CNAME records from the name asked for to the one that has the records (RFC 1034 section 3.6.2), within one
/// message and across several. Whoever leads in circles is given up.
/// </summary>
internal sealed class DnsAliasChain(DnsQuestion question)
{
    /// <summary>The most aliases followed.</summary>
    public const int MaxAliases = 8;

    private TimeSpan _timeToLive = TimeSpan.MaxValue;
    private int _aliases;

    /// <summary>What is to be asked next: the question itself, or the same of the alias reached.</summary>
    public DnsQuestion Next { get; private set; } = question;

    /// <summary>Takes the answer to <see cref="Next"/>.</summary>
    /// <returns>The end of the chain; null where <see cref="Next"/> has to be asked.</returns>
    public DnsAnswer? Take(DnsMessage message)
    {
        var start = Next;
        while (true)
        {
            var found = message.Answers.Where(r => r.Type == Next.Type && IsOf(r, Next.Name)).ToList();
            if (found.Count > 0)
            {
                return new DnsAnswer(DnsAnswerKind.Found, found, Least(found.Min(r => r.TimeToLive)));
            }

            if (message.Answers.FirstOrDefault(r => r.Type == DnsRecordType.Cname && IsOf(r, Next.Name)) is not { } alias)
            {
                break;
            }

            if (++_aliases > MaxAliases)
            {
                return DnsAnswer.Failed;
            }

            _timeToLive = Least(alias.TimeToLive);
            Next = Next with { Name = (string)alias.Data };
        }

        var soa = message.Authorities.FirstOrDefault(r => IsWithin(Next.Name, r.Name));
        if (message.Code == DnsResponseCode.NoError && soa is null && start != Next)
        {
            return null;
        }

        // Without SOA a negative answer is not remembered (RFC 2308 section 5).
        var remembered = soa is null ? TimeSpan.Zero : Least(Shorter(soa.TimeToLive, ((SoaData)soa.Data).Minimum));
        return new DnsAnswer(
            message.Code == DnsResponseCode.NameError ? DnsAnswerKind.NoSuchName : DnsAnswerKind.NoData, [], remembered);
    }

    private static bool IsOf(DnsRecord record, string name) => string.Equals(record.Name, name, StringComparison.OrdinalIgnoreCase);

    private static bool IsWithin(string name, string zone) =>
        zone == DnsName.Root
        || (name.EndsWith(zone, StringComparison.OrdinalIgnoreCase)
            && (name.Length == zone.Length || name[^(zone.Length + 1)] == '.'));

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private TimeSpan Least(TimeSpan timeToLive) => Shorter(_timeToLive, timeToLive);
}
