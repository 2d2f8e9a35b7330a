using ComIm.Sip.Location;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Registration;

/// <summary>What is registered where.</summary>
/// <param name="AddressOfRecord">Whose binding it is.</param>
/// <param name="Contact">Where requests for it are to be sent.</param>
/// <param name="Lifetime">How long the binding is asked to last.</param>
/// <param name="DisplayName">The name in From, or null.</param>
public sealed record RegistrationSettings(SipUri AddressOfRecord, SipUri Contact, TimeSpan Lifetime, string? DisplayName = null)
{
    /// <summary>
    /// Contacts that are bound, renewed and removed together with <see cref="Contact"/>; each may have parameters of its own,
    /// such as <c>q</c>.
    /// </summary>
    public IReadOnlyList<NameAddress> FurtherContacts { get; init; } = [];

    /// <summary>
    /// The URN that names this user agent across restarts (RFC 5626 section 4.1), <c>urn:uuid:…</c>; null for none. A registrar
    /// that knows of it replaces an older binding of the same instance, and GRUUs hang on it.
    /// </summary>
    public string? InstanceId { get; init; }

    /// <summary>The number of the flow (RFC 5626 section 4.2), from 1; 0 for none. Only together with an instance.</summary>
    public int RegId { get; init; }

    /// <summary>Whether GRUUs are asked for (RFC 5627 section 4.1). Only together with an instance.</summary>
    public bool WantsGruu { get; init; }

    /// <summary>
    /// Carries out an attempt to keep or to regain a registration that has stood: sees where the server is by now (RFC 3263 section
    /// 4.3, RFC 5626 section 4.5) and asks there. Null asks where the user agent sends everything.
    /// </summary>
    public IRegistrationFailover? Failover { get; init; }

    /// <summary>Finds the servers that a 301 or 302 names; null takes one that asks the system's name servers.</summary>
    public SipLocator? Locator { get; init; }
}
