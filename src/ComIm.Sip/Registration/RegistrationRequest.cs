using System.Globalization;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Registration;

/// <summary>Writes REGISTER requests (RFC 3261 section 10.2). It knows neither clock nor network.</summary>
internal static class RegistrationRequest
{
    /// <summary>One that makes, renews or, with a lifetime of zero, removes the bindings of the settings.</summary>
    public static SipRequest OwnContacts(RegistrationSettings settings, TimeSpan lifetime)
    {
        var request = WithoutContact(settings);
        request.Headers.Add(HeaderId.Contact, OwnContact(settings).ToString());
        foreach (var further in settings.FurtherContacts)
        {
            request.Headers.Add(HeaderId.Contact, (lifetime == TimeSpan.Zero ? Bare(further) : further).ToString());
        }

        AddExpires(request, lifetime);
        return request;
    }

    /// <summary>One that removes a binding that need not be ours (RFC 3261 section 10.2.2).</summary>
    public static SipRequest Removal(RegistrationSettings settings, SipUri contact)
    {
        var request = WithoutContact(settings);
        request.Headers.Add(HeaderId.Contact, new NameAddress(contact).ToString());
        AddExpires(request, TimeSpan.Zero);
        return request;
    }

    /// <summary>One that removes every binding of the address (RFC 3261 section 10.2.2).</summary>
    public static SipRequest RemovalOfAll(RegistrationSettings settings)
    {
        var request = WithoutContact(settings);
        request.Headers.Add(HeaderId.Contact, "*");
        AddExpires(request, TimeSpan.Zero);
        return request;
    }

    /// <summary>One that only asks which bindings there are (RFC 3261 section 10.2.3).</summary>
    public static SipRequest WithoutContact(RegistrationSettings settings)
    {
        var aor = settings.AddressOfRecord;
        var request = new SipRequest(SipMethods.Register, SipUri.Parse((aor.IsSecure ? "sips:" : "sip:") + aor.Host));
        request.Headers.Add(HeaderId.To, new NameAddress(aor).ToString());
        if (SupportedBy(settings) is { } supported)
        {
            request.Headers.Add(HeaderId.Supported, supported);
        }

        return request;
    }

    private static NameAddress OwnContact(RegistrationSettings settings)
    {
        var contact = new NameAddress(settings.Contact);
        if (settings.InstanceId is { } instance)
        {
            contact = contact.With("+sip.instance", $"\"<{instance}>\"");
            if (settings.RegId > 0)
            {
                contact = contact.With("reg-id", settings.RegId.ToString(CultureInfo.InvariantCulture));
            }
        }

        return contact;
    }

    // A lifetime of its own would stand against the zero of the header.
    private static NameAddress Bare(NameAddress contact) =>
        contact.Parameters.Contains("expires") ? contact.With("expires", "0") : contact;

    // RFC 5626 section 4.2.1 wants path with outbound, RFC 5627 section 4.1 gruu; both hang on an instance.
    private static string? SupportedBy(RegistrationSettings settings) => (settings.InstanceId, settings.RegId > 0, settings.WantsGruu) switch
    {
        (null, _, _) or (_, false, false) => null,
        (_, true, false) => "path, outbound",
        (_, false, true) => "gruu",
        (_, true, true) => "path, outbound, gruu",
    };

    private static void AddExpires(SipRequest request, TimeSpan lifetime) =>
        request.Headers.Add(HeaderId.Expires, ((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture));
}
