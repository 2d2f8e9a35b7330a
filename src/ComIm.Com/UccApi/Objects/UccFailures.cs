using ComIm.Client;
using ComIm.Com.UccApi.Contract;
using ComIm.Sip.Transport;

namespace ComIm.Com.UccApi.Objects;

/// <summary>The one table from failures of the client to the HRESULTs of the UCC API.</summary>
internal static class UccFailures
{
    private const int SipFailure = unchecked((int)0x80EF0000);
    private const int SipSuccess = 0x00EF0000;

    /// <summary>The HRESULT of a SIP status: <c>0x80EF0000 | status</c> from 300 on, <c>0x00EF0000 | status</c> below.</summary>
    public static int OfStatus(int statusCode) => (statusCode >= 300 ? SipFailure : SipSuccess) | statusCode;

    /// <summary>Why something that an enabled endpoint did has failed.</summary>
    public static int Of(ImException failure) => failure.StatusCode != 0
        ? OfStatus(failure.StatusCode)
        : failure.Error switch
        {
            ImError.BadAddress => UccHResults.UCC_E_INVALID_SIP_URL,
            ImError.ServerNotFound => UccHResults.UCC_E_SIP_DNS_FAIL,
            ImError.ServerNotTrusted => UccHResults.UCC_E_SIP_INVALID_CERTIFICATE,
            ImError.Timeout => UccHResults.UCC_E_SIP_TIMEOUT,
            ImError.NotSignedIn => UccHResults.UCC_E_INVALID_REGISTRATION_STATE,
            ImError.NotAccepted when failure.InnerException is SipTransportException { Fault: SipTransportFault.TooLong } =>
                UccHResults.UCC_E_SIP_UDP_SIZE_EXCEEDED,
            ImError.ServerUnreachable => UccHResults.UCC_E_TRANSIENT_SERVER_DISCONNECT,
            _ => UccHResults.UCC_E_SIP_CALL_DISCONNECTED,
        };

    /// <summary>Why an invitation that follows redirections has failed: a 3xx is left where there were too many, or where it leads nowhere.</summary>
    public static int OfFollowed(ImException failure) => failure is { StatusCode: >= 300 and < 400, Response: { } response }
        ? ProgressProperties.TargetsOf(response).Any() ? UccHResults.UCC_E_MAX_REDIRECTS : UccHResults.UCC_E_REDIRECT_PROCESSING_FAILED
        : Of(failure);
}
