namespace ComIm.Client.Accounts;

/// <summary>Where an account stands between sign-in and sign-out.</summary>
public enum ImAccountState
{
    /// <summary>The first registration is under way.</summary>
    SigningIn,

    /// <summary>Registered: messages can be sent and received.</summary>
    SignedIn,

    /// <summary>The registration was lost and is being sought again.</summary>
    Reconnecting,

    /// <summary>Signed out. Sign in again for a new account.</summary>
    SignedOut,

    /// <summary>
    /// The server no longer takes the credentials, or no longer lets the account in; <see cref="ImAccount.StateCause"/> says why. It
    /// is over as if it were signed out.
    /// </summary>
    Rejected,
}
