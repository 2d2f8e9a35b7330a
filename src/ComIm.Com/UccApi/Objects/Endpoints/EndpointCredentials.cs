using ComIm.Client.Accounts;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>Which credentials an account gets of those that application and administrator have set.</summary>
internal sealed class EndpointCredentials(UccCredentialCache cache, EndpointOverride set, int modes)
{
    public ImAccountSettings ApplyTo(ImAccountSettings settings)
    {
        // Where Digest is not allowed no password is used: the server is then heard to ask for it.
        if (!AuthenticationModes.Allows(modes, UCC_AUTHENTICATION_MODES.UCCAM_DIGEST))
        {
            return settings;
        }

        if (set.UserName != null || set.Password != null)
        {
            return settings with { UserName = set.UserName, Password = set.Password ?? "" };
        }

        return settings with
        {
            Credentials =
            [
                .. cache.Snapshot().Select(c => new ImCredential(
                    c.Value.UserName, c.Value.Password ?? "", c.Key == UccConstants.UCC_REALM_ALL ? null : c.Key)),
            ],
        };
    }
}
