namespace ComIm.Sip.Location;

/// <summary>What is asked: records of a type that a name has, class IN. Names are equal whatever their case (RFC 4343).</summary>
/// <param name="Name">The name, without a dot at its end.</param>
/// <param name="Type">The type.</param>
internal readonly record struct DnsQuestion(string Name, DnsRecordType Type)
{
    public bool Equals(DnsQuestion other) => Type == other.Type && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => HashCode.Combine(Type, StringComparer.OrdinalIgnoreCase.GetHashCode(Name));
}
