using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>The names of authentication schemes in SIP, as the numbers that the UCC API has for them.</summary>
internal static class AuthenticationModes
{
    public static UCC_AUTHENTICATION_MODES Of(string? scheme) => scheme?.ToUpperInvariant() switch
    {
        "BASIC" => UCC_AUTHENTICATION_MODES.UCCAM_BASIC,
        "DIGEST" => UCC_AUTHENTICATION_MODES.UCCAM_DIGEST,
        "NTLM" => UCC_AUTHENTICATION_MODES.UCCAM_NTLM,
        "KERBEROS" => UCC_AUTHENTICATION_MODES.UCCAM_KERBEROS,
        _ => UCC_AUTHENTICATION_MODES.UCCAM_NONE,
    };

    public static int Sum(IEnumerable<string> schemes) => schemes.Aggregate(0, (sum, scheme) => sum | (int)Of(scheme));

    public static bool Allows(int modes, UCC_AUTHENTICATION_MODES mode) => (modes & (int)mode) != 0;
}
