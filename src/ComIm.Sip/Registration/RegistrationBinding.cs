using System.Globalization;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Registration;

/// <summary>One binding as the registrar lists it in its 200 (RFC 3261 section 10.3 step 8).</summary>
public sealed record RegistrationBinding
{
    private RegistrationBinding(NameAddress contact)
    {
        ContactText = contact.UriText;
        Contact = contact.Uri;
        var parameters = contact.Parameters;
        Expires = SipNumber.TryParse(parameters.Get("expires"), out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
        InstanceId = parameters.Get("+sip.instance") is ['<', .. var instance, '>'] ? instance : null;
        RegId = SipNumber.TryParse(parameters.Get("reg-id"), out var id) && id <= int.MaxValue ? (int)id : 0;
        Q = decimal.TryParse(parameters.Get("q"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q) ? q : null;
        PublicGruu = GruuOf(parameters, "pub-gruu");
        TemporaryGruu = GruuOf(parameters, "temp-gruu");
    }

    /// <summary>Where requests are sent; null where it is no SIP URI, as of a telephone.</summary>
    public SipUri? Contact { get; }

    /// <summary>The same as it stands in the response.</summary>
    public string ContactText { get; }

    /// <summary>How long the binding lasts, counted from the response; null where it says nothing of it.</summary>
    public TimeSpan? Expires { get; }

    /// <summary>The user agent that made it (RFC 5626 section 4.1), <c>urn:uuid:…</c>; or null.</summary>
    public string? InstanceId { get; }

    /// <summary>The number of its flow (RFC 5626 section 4.2), or 0.</summary>
    public int RegId { get; }

    /// <summary>Its preference, from 0 to 1; null where it has none.</summary>
    public decimal? Q { get; }

    /// <summary>The public GRUU of its user agent (RFC 5627 section 4.2), or null.</summary>
    public SipUri? PublicGruu { get; }

    /// <summary>The newest temporary GRUU of its user agent, which tells a stranger nothing of the user; or null.</summary>
    public SipUri? TemporaryGruu { get; }

    /// <summary>Reads Contact values; what is no address is passed over.</summary>
    internal static List<RegistrationBinding> ReadAll(IReadOnlyList<string> contacts)
    {
        var bindings = new List<RegistrationBinding>(contacts.Count);
        foreach (var text in contacts)
        {
            if (NameAddress.TryParse(text, out var contact))
            {
                bindings.Add(new RegistrationBinding(contact));
            }
        }

        return bindings;
    }

    /// <summary>The binding of a contact of ours: by its URI, else by instance and flow, where the registrar has changed the URI.</summary>
    internal static RegistrationBinding? FindOwn(IReadOnlyList<RegistrationBinding> bindings, RegistrationSettings settings)
    {
        RegistrationBinding? own = null;
        foreach (var binding in bindings)
        {
            if (binding.Contact is { } uri && uri.Equals(settings.Contact))
            {
                return binding;
            }

            if (settings.InstanceId is { } instance && binding.RegId == settings.RegId
                && string.Equals(binding.InstanceId, instance, StringComparison.OrdinalIgnoreCase))
            {
                own = binding;
            }
        }

        return own;
    }

    private static SipUri? GruuOf(ParameterList parameters, string name) =>
        SipUri.TryParse(parameters.Get(name), out var uri) ? uri : null;
}
