using System.Globalization;
using ComIm.Com.UccApi.Contract;
using ComIm.Sip.Messages;

namespace ComIm.Com.UccApi.Objects.Signaling;

/// <summary>
/// The diagnostics in the header fields of a response: ms-diagnostics and its kin, which are
/// <c>1002;reason="...";source="..."</c>, Warning (RFC 3261 section 20.43), which is <c>307 host "text"</c>, and Reason
/// (RFC 3326), which is <c>SIP;cause=580;text="..."</c>. Which of them the original read is not documented; these say the same.
/// </summary>
internal static class DiagnosticHeaders
{
    private const int MaxInfos = 20;

    private static readonly Dictionary<string, UCC_DIAGNOSTIC_INFO_TYPE> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ms-diagnostics"] = UCC_DIAGNOSTIC_INFO_TYPE.UCCDIT_SERVER_DIAGNOSTIC,
        ["ms-diagnostics-public"] = UCC_DIAGNOSTIC_INFO_TYPE.UCCDIT_SERVER_DIAGNOSTIC_PUBLIC,
        ["ms-client-diagnostics"] = UCC_DIAGNOSTIC_INFO_TYPE.UCCDIT_CLIENT_DIAGNOSTIC,
        ["Warning"] = UCC_DIAGNOSTIC_INFO_TYPE.UCCDIT_WARNING,
        ["Reason"] = UCC_DIAGNOSTIC_INFO_TYPE.UCCDIT_STATUS,
    };

    /// <summary>Reads them, in the order of the response.</summary>
    public static IReadOnlyList<UccDiagnosticInfo> Read(SipResponse response) =>
    [
        .. response.Headers.Where(h => Types.ContainsKey(h.Name))
            .SelectMany(h => SignalingText.Split(SignalingText.Clean(h.Value)).Select(value => Read(Types[h.Name], value)))
            .OfType<UccDiagnosticInfo>().Take(MaxInfos),
    ];

    private static UccDiagnosticInfo? Read(UCC_DIAGNOSTIC_INFO_TYPE type, string value)
    {
        if (type == UCC_DIAGNOSTIC_INFO_TYPE.UCCDIT_WARNING)
        {
            return ReadWarning(value);
        }

        var end = SignalingText.ParametersAt(value);
        var first = value[..end].Trim();
        var named = ReadParameters(value[end..]);
        var isReason = type == UCC_DIAGNOSTIC_INFO_TYPE.UCCDIT_STATUS;
        var number = isReason ? named.GetValueOrDefault("cause", "") : first;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            return null;
        }

        if (isReason)
        {
            named["protocol"] = first;
        }

        // ms-diagnostics gives the codes of causes beneath it as HRESULT="0x...", code="..." and the like.
        var subCodes = named.Where(p => IsCode(p.Key)).Select(p => (object?)NumberOf(p.Value)).OfType<object>().ToList();
        return new UccDiagnosticInfo(
            type, code, subCodes, named.GetValueOrDefault("source", ""), named.GetValueOrDefault(isReason ? "text" : "reason", ""), ListOf(named));
    }

    private static UccDiagnosticInfo? ReadWarning(string value)
    {
        var parts = value.Split(' ', 3, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length >= 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? new UccDiagnosticInfo(
                UCC_DIAGNOSTIC_INFO_TYPE.UCCDIT_WARNING, code, [], parts[1], Unquote(parts.ElementAtOrDefault(2) ?? ""), new PropertyList())
            : null;
    }

    private static Dictionary<string, string> ReadParameters(string text)
    {
        var named = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (text.Length > 0 && named.Count < MaxInfos)
        {
            var end = 1 + SignalingText.ParametersAt(text[1..]);
            var parts = text[1..end].Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts is [{ Length: > 0 } name, ..])
            {
                named[name] = Unquote(parts.ElementAtOrDefault(1) ?? "");
            }

            text = text[end..];
        }

        return named;
    }

    private static PropertyList ListOf(Dictionary<string, string> named)
    {
        var properties = new PropertyList(StringComparison.OrdinalIgnoreCase);
        foreach (var (name, value) in named)
        {
            properties.Set(name, value);
        }

        return properties;
    }

    private static bool IsCode(string name) =>
        name.EndsWith("code", StringComparison.OrdinalIgnoreCase) || name.Equals("hresult", StringComparison.OrdinalIgnoreCase);

    private static int? NumberOf(string text)
    {
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return isHex && int.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex
            : !isHex && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : null;
    }

    private static string Unquote(string text) => text is ['"', .., '"'] ? QuotedString.Unquote(text) : text;
}
