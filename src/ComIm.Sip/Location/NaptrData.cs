namespace ComIm.Sip.Location;

/// <summary>NAPTR (RFC 3403 section 4.1).</summary>
/// <param name="Order">The lowest order with a usable record is taken, and no other.</param>
/// <param name="Preference">The order within one order.</param>
/// <param name="Flags">What the replacement is: <c>s</c> for the name of SRV records.</param>
/// <param name="Services">The service, such as <c>SIP+D2U</c> (RFC 3263 section 4.1).</param>
/// <param name="Expression">A substitution; SIP uses none.</param>
/// <param name="Replacement">The name to ask for next.</param>
internal sealed record NaptrData(int Order, int Preference, string Flags, string Services, string Expression, string Replacement);
