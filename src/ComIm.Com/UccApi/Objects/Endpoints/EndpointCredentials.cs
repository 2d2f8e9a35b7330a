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
            return settings with { UserName = set.UserName, Password = set.Password };
        }

        cache.TryGetCredential(UccConstants.UCC_REALM_ALL, out var credential);
        credential ??= cache.Snapshot() is [var first, ..] ? first.Value : null;
        return credential == null ? settings : settings with { UserName = credential.UserName, Password = credential.Password };
    }
}
