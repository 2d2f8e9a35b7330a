namespace ComIm.Sip.Location;

/// <summary>What a negative answer needs of SOA (RFC 2308 section 5).</summary>
/// <param name="Minimum">How long "there is none" may be remembered, at most.</param>
internal sealed record SoaData(TimeSpan Minimum);
