using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Sip.Messages;

namespace ComIm.Com.UccApi.Objects;

/// <summary>A SIP, SIPS or TEL URI. It does not change.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccUri : DispatchObject, IUccUri
{
    private readonly SipUri? _sip;
    private readonly TelUri? _tel;

    private UccUri(string text, SipUri? sip, TelUri? tel)
        : base(UccCoclasses.UccUri.Dispatch)
    {
        Value = text;
        _sip = sip;
        _tel = tel;
    }

    public string Value { get; }

    /// <summary>sips counts as SIP: the type library knows no third.</summary>
    public UCC_URI_SCHEME Scheme => _sip != null ? UCC_URI_SCHEME.UCCUS_SIP : UCC_URI_SCHEME.UCCUS_TEL;

    public string User => _tel?.Number ?? _sip?.User ?? "";

    public string Host => _sip?.Host ?? "";

    /// <summary>0 where the URI has none.</summary>
    public int Port => _sip?.Port ?? 0;

    /// <summary>0, which the enumeration does not have, where the URI does not say.</summary>
    public UCC_TRANSPORT_MODE Transport => _sip?.Parameters.Get("transport")?.ToUpperInvariant() switch
    {
        "UDP" => UCC_TRANSPORT_MODE.UCCTM_UDP,
        "TLS" => UCC_TRANSPORT_MODE.UCCTM_TLS,
        _ when _sip is { IsSecure: true } => UCC_TRANSPORT_MODE.UCCTM_TLS,
        "TCP" => UCC_TRANSPORT_MODE.UCCTM_TCP,
        _ => 0,
    };

    public string UserAtHost => _tel != null ? _tel.Number : _sip!.UserInfo == null ? Host : $"{User}@{Host}";

    public string AddressOfRecord => _tel != null ? "tel:" + _tel.Number : _sip!.AddressOfRecord.ToString();

    public IUccReadOnlyPropertyCollection Parameters
    {
        get
        {
            var properties = new PropertyList(StringComparison.OrdinalIgnoreCase);
            foreach (var (name, value) in new ParameterList(_tel?.Parameters ?? _sip!.Parameters.Text).Enumerate())
            {
                properties.Append(name, value ?? "");
            }

            return new UccReadOnlyPropertyCollection(properties);
        }
    }

    public IUccReadOnlyPropertyCollection HeaderFields => ReadHeaders(null);

    /// <summary>Reads a URI.</summary>
    /// <exception cref="HResultException">UCC_E_INVALID_SIP_URL or UCC_E_INVALID_TEL_URL.</exception>
    public static UccUri Parse(string? text)
    {
        text = text?.Trim();
        if (TelUri.IsTel(text))
        {
            return TelUri.TryParse(text!) is { } tel
                ? new UccUri(text!, null, tel)
                : throw new HResultException(UccHResults.UCC_E_INVALID_TEL_URL, $"'{text}' is not a TEL URI such as tel:+15551234.");
        }

        return SipUri.TryParse(text, out var sip)
            ? new UccUri(text!, sip, null)
            : throw new HResultException(UccHResults.UCC_E_INVALID_SIP_URL, $"'{text}' is not a SIP URI such as sip:alice@example.com.");
    }

    public IUccReadOnlyPropertyCollection FindHeaderFields(string? bstrHeaderName) => ReadHeaders(bstrHeaderName ?? "");

    /// <summary>Compares with any URI object, ours or not.</summary>
    public bool IsEqual(IUccUri? pSipUri, UCC_URI_COMPARISON_OPTION enOption)
    {
        if (pSipUri == null)
        {
            throw new HResultException(HResults.InvalidArgument, "There is no URI to compare with.");
        }

        var other = Parse(pSipUri.Value);
        return enOption switch
        {
            UCC_URI_COMPARISON_OPTION.UCCUCO_EXACT_MATCH => string.Equals(Value, other.Value, StringComparison.Ordinal),
            UCC_URI_COMPARISON_OPTION.UCCUCO_USER_HOST => Scheme == other.Scheme && HasSameUserAndHost(other),
            UCC_URI_COMPARISON_OPTION.UCCUCO_DEFAULT => _sip != null ? _sip.Equals(other._sip) : HasSameUserAndHost(other),
            _ => throw new HResultException(HResults.InvalidArgument, $"{(int)enOption} is not a UCC_URI_COMPARISON_OPTION."),
        };
    }

    private bool HasSameUserAndHost(UccUri other) =>
        _tel != null
            ? string.Equals(_tel.Digits, other._tel?.Digits, StringComparison.OrdinalIgnoreCase)
            : string.Equals(User, other.User, StringComparison.Ordinal) && string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase);

    // A header may stand twice in a URI (RFC 3261 section 19.1.1).
    private UccReadOnlyPropertyCollection ReadHeaders(string? wanted)
    {
        var properties = new PropertyList(StringComparison.OrdinalIgnoreCase);
        foreach (var field in (_sip?.Headers ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = field.Split('=', 2);
            var name = Uri.UnescapeDataString(parts[0]);
            if (wanted == null || string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase))
            {
                properties.Append(name, parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
            }
        }

        return new UccReadOnlyPropertyCollection(properties);
    }
}
