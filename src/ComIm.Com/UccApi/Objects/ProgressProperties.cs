using System.Globalization;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Signaling;
using ComIm.Sip.Messages;

namespace ComIm.Com.UccApi.Objects;

/// <summary>What a response says besides its status, as the properties of UCC_OPERATION_PROGRESS_EVENT_CONTEXT.</summary>
internal static class ProgressProperties
{
    private const int MaxTargets = 10;

    public static UccReadOnlyPropertyCollection Of(SipResponse? response)
    {
        var properties = new PropertyList();
        if (response is not null)
        {
            properties.Set((int)UCC_OPERATION_PROGRESS_EVENT_CONTEXT.UCCOPEC_SIGNALING_RESPONSE, SignalingExchange.Read(response));
            AddDiagnostics(properties, response);
            AddRetryAfter(properties, response);
            AddRedirectTargets(properties, response);
        }

        return new UccReadOnlyPropertyCollection(properties);
    }

    private static void AddDiagnostics(PropertyList properties, SipResponse response)
    {
        if (DiagnosticHeaders.Read(response) is { Count: > 0 } infos)
        {
            properties.Set((int)UCC_OPERATION_PROGRESS_EVENT_CONTEXT.UCCOPEC_DIAGNOSTIC_DETAILS, new UccCollection(infos));
        }
    }

    // RFC 3261 section 20.33: seconds, then a comment or parameters.
    private static void AddRetryAfter(PropertyList properties, SipResponse response)
    {
        var text = response.Headers.Get(HeaderId.RetryAfter) ?? "";
        var end = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (int.TryParse(end < 0 ? text : text.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            properties.Set((int)UCC_OPERATION_PROGRESS_EVENT_CONTEXT.UCCOPEC_RETRY_AFTER, seconds);
        }
    }

    /// <summary>Where a 3xx sends us: the SIP URIs of its Contact.</summary>
    public static IEnumerable<string> TargetsOf(SipResponse response) => response.StatusCode is < 300 or > 399
        ? []
        : response.Headers.GetValues(HeaderId.Contact)
            .Select(value => NameAddress.TryParse(value, out var contact) ? contact.Uri?.ToString() : null).OfType<string>();

    private static void AddRedirectTargets(PropertyList properties, SipResponse response)
    {
        var targets = TargetsOf(response).Take(MaxTargets).Select(uri => (object)UccUri.Parse(uri)).ToList();
        if (targets.Count > 0)
        {
            properties.Set((int)UCC_OPERATION_PROGRESS_EVENT_CONTEXT.UCCOPEC_REDIRECT_TARGETS, new UccCollection(targets));
        }
    }
}
