using ComIm.Client;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation;

/// <summary>
/// Which HRESULT stands for which failure. Where the server gave a status it is <c>0x80EF0000</c> with the status in
/// the low word, as in the UCC API: 404 is 0x80EF0194. Where no server spoke it is the UCC_E code of the cause.
/// </summary>
internal static class ErrorTable
{
    /// <summary>UCC_E_INVALID_REGISTRATION_STATE: the call needs a sign-in, or the absence of one.</summary>
    public const int InvalidRegistrationState = unchecked((int)0x80EE006D);

    private const int SipStatus = unchecked((int)0x80EF0000);

    // The lowest status that is a failure for us; redirections are not followed yet.
    private const int FirstFailure = 300;
    private const int LastStatus = 699;

    /// <summary>The exception that tells a COM caller what happened.</summary>
    public static HResultException Translate(ImException error) =>
        new(ToHResult(error.Error, error.StatusCode), error.Message, error);

    /// <summary>The HRESULT of a failure.</summary>
    /// <param name="error">The cause.</param>
    /// <param name="statusCode">The SIP status of the final response; 0 where none came.</param>
    public static int ToHResult(ImError error, int statusCode) =>
        statusCode is >= FirstFailure and <= LastStatus ? SipStatus | statusCode : ToHResult(error);

    private static int ToHResult(ImError error) => error switch
    {
        ImError.BadAddress => unchecked((int)0x80EE0012), // UCC_E_INVALID_SIP_URL
        ImError.ServerNotFound => unchecked((int)0x80EE0066), // UCC_E_SIP_DNS_FAIL
        ImError.ServerUnreachable => unchecked((int)0x80EE0067), // UCC_E_SIP_TCP_FAIL
        ImError.ServerNotTrusted => unchecked((int)0x80EE0065), // UCC_E_SIP_INVALID_CERTIFICATE
        ImError.Timeout => unchecked((int)0x80EE000C), // UCC_E_SIP_TIMEOUT
        ImError.AuthenticationFailed => unchecked((int)0x80EE0011), // UCC_E_SIP_AUTHENTICATION_FAILED
        ImError.NotSignedIn => InvalidRegistrationState,
        ImError.Forbidden => SipStatus | 403,
        ImError.RecipientUnknown => SipStatus | 404,
        ImError.RecipientUnavailable => SipStatus | 480,
        ImError.NotAccepted => SipStatus | 488,
        ImError.ServerFailure => SipStatus | 500,
        ImError.Rejected => unchecked((int)0x80EE0082), // UCC_E_NOT_ALLOWED
        ImError.StorageFailed => unchecked((int)0x8007001D), // HRESULT_FROM_WIN32(ERROR_WRITE_FAULT)
        _ => HResults.Fail,
    };
}
