using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Registration;

/// <summary>A registrar that another one has redirected to (RFC 3261 section 8.1.3.4).</summary>
/// <param name="Uri">The Request-URI there.</param>
/// <param name="Target">Its address.</param>
/// <param name="Authenticator">
/// What goes on between it and us. It is never that of the first registrar: what proves a password to one domain is not sent
/// to another that has not asked for it.
/// </param>
/// <param name="Until">Until when it is asked first; null for this once.</param>
internal sealed record Registrar(SipUri Uri, SipTarget Target, RequestAuthenticator Authenticator, DateTimeOffset? Until);
