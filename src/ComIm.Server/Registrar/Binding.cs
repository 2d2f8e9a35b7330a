using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Server.Registrar;

/// <summary>One place where a user can be reached (RFC 3261 section 10.3).</summary>
/// <param name="Contact">The Contact URI.</param>
/// <param name="Target">The flow the REGISTER came over; it also crosses address translation.</param>
/// <param name="Expires">When the binding ends.</param>
/// <param name="CallId">The Call-ID that made it.</param>
/// <param name="Sequence">The CSeq number that made it.</param>
public sealed record Binding(SipUri Contact, SipTarget Target, DateTimeOffset Expires, string CallId, uint Sequence)
{
    /// <summary>The device that made it (RFC 5626 section 4.1), <c>urn:uuid:…</c>; or null.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The number of its flow (RFC 5626 section 4.2), or 0.</summary>
    public int RegId { get; init; }

    /// <summary>
    /// Whether this binding takes the place of another: of the same Contact, or of the same flow of the same device, which has
    /// come back with another address (RFC 5626 section 6).
    /// </summary>
    /// <param name="old">Another binding of the same user.</param>
    public bool Replaces(Binding old)
    {
        ArgumentNullException.ThrowIfNull(old);
        return Contact.Equals(old.Contact)
            || (InstanceId is { } instance && RegId == old.RegId && instance.Equals(old.InstanceId, StringComparison.OrdinalIgnoreCase));
    }
}
