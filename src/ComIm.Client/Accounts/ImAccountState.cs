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

    /// <summary>Signed out, by the user or because the server no longer takes the credentials.</summary>
    SignedOut,
}
