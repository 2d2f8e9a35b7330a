namespace ComIm.Sip.Messages;

/// <summary>name-addr or addr-spec with header parameters: From, To, Contact, Route … (RFC 3261 section 20.10).</summary>
public sealed class NameAddress
{
    private SipUri? _uri;

    /// <summary>Makes an address.</summary>
    /// <param name="uri">The URI.</param>
    /// <param name="displayName">The name shown to people, unquoted; null for none.</param>
    /// <param name="parameters">The header parameters.</param>
    public NameAddress(SipUri uri, string? displayName = null, ParameterList parameters = default)
        : this(displayName, uri?.ToString() ?? throw new ArgumentNullException(nameof(uri)), parameters)
    {
    }

    private NameAddress(string? displayName, string uriText, ParameterList parameters)
    {
        DisplayName = displayName;
        UriText = uriText;
        Parameters = parameters.Text is null ? ParameterList.Empty : parameters;
    }

    /// <summary>The name shown to people, unquoted, or null.</summary>
    public string? DisplayName { get; }

    /// <summary>The URI as text; it need not be a SIP URI.</summary>
    public string UriText { get; }

    /// <summary>The URI, or null where it is not a SIP or SIPS URI.</summary>
    public SipUri? Uri => _uri ??= SipUri.TryParse(UriText, out var uri) ? uri : null;

    /// <summary>The header parameters.</summary>
    public ParameterList Parameters { get; }

    /// <summary>The tag parameter, or null.</summary>
    public string? Tag => Parameters.Get("tag");

    /// <summary>Reads an address.</summary>
    /// <param name="text">One value.</param>
    /// <param name="value">The address, where it is one.</param>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out NameAddress? value)
    {
        value = null;
        if (!NameAddressParts.TryRead(text, out var parts))
        {
            return false;
        }

        var displayName = parts.DisplayName is ['"', ..] ? QuotedString.Unquote(parts.DisplayName)
            : parts.DisplayName.IsEmpty ? null : parts.DisplayName.ToString();
        value = new NameAddress(displayName, parts.Uri.ToString(), new ParameterList(parts.Parameters.ToString()));
        return true;
    }

    /// <summary>The address with a header parameter set.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parameterValue">Its value; null for none.</param>
    public NameAddress With(string name, string? parameterValue) => new(DisplayName, UriText, Parameters.With(name, parameterValue));

    /// <summary>As it stands in a header; the URI is always in brackets.</summary>
    public override string ToString() =>
        (DisplayName is null ? "<" : QuotedString.Quote(DisplayName) + " <") + UriText + ">" + Parameters.Text;
}
