using ComIm.Client;
using ComIm.Client.Accounts;
using ComIm.Com.UccApi.Contract;
using ComIm.Sip.Authentication;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>Why an endpoint is not enabled, or is no longer, as an HRESULT.</summary>
internal static class EnableFailures
{
    /// <summary>Why the sign-in failed.</summary>
    public static int Of(ImException failure, ImAccountSettings? settings = null) => failure switch
    {
        { StatusCode: 401 or 407 } => OfChallenge(failure, settings),
        { StatusCode: not 0 } => UccFailures.Of(failure),
        { Error: ImError.ServerUnreachable } => settings?.Transport == ImTransport.Tls ? UccHResults.UCC_E_SIP_TLS_FAIL : UccHResults.UCC_E_SIP_TCP_FAIL,
        _ => UccFailures.Of(failure),
    };

    /// <summary>Why the server has ended the registration.</summary>
    public static int OfLoss(ImException cause) =>
        cause.StatusCode != 0 ? UccHResults.UCC_E_REGISTRATION_REJECTED : UccFailures.Of(cause);

    // A password that was refused is the server's 401; what could not even be tried has codes of its own.
    private static int OfChallenge(ImException failure, ImAccountSettings? settings)
    {
        var challenges = failure.Response is { } response ? AuthenticationParameters.ChallengesOf(response) : [];
        var digests = challenges.Where(c => c.IsScheme(DigestScheme.SchemeName)).ToList();
        if (settings is null or { Password: null, Credentials: [] } || digests.Count == 0)
        {
            return UccHResults.UCC_E_SIP_AUTHENTICATION_TYPE_NOT_SUPPORTED;
        }

        var isTried = settings.Password != null || settings.Credentials.Any(c => c.Realm is null || digests.Exists(d => d.Realm == c.Realm));
        return isTried ? UccFailures.Of(failure) : UccHResults.UCC_E_SIP_AUTHENTICATION_INCORRECT_REALM;
    }
}
