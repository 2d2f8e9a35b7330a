using ComIm.Sip.Messages;

namespace ComIm.Sip.Registration;

/// <summary>What is registered where.</summary>
/// <param name="AddressOfRecord">Whose binding it is.</param>
/// <param name="Contact">Where requests for it are to be sent.</param>
/// <param name="Lifetime">How long the binding is asked to last.</param>
/// <param name="DisplayName">The name in From, or null.</param>
public sealed record RegistrationSettings(SipUri AddressOfRecord, SipUri Contact, TimeSpan Lifetime, string? DisplayName = null);
