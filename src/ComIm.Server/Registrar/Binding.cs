using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Server.Registrar;

/// <summary>One place where a user can be reached (RFC 3261 section 10.3).</summary>
/// <param name="Contact">The Contact URI.</param>
/// <param name="Target">The flow the REGISTER came over; it also crosses address translation.</param>
/// <param name="Expires">When the binding ends.</param>
/// <param name="CallId">The Call-ID that made it.</param>
/// <param name="Sequence">The CSeq number that made it.</param>
public sealed record Binding(SipUri Contact, SipTarget Target, DateTimeOffset Expires, string CallId, uint Sequence);
