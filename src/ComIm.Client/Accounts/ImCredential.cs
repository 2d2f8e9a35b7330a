namespace ComIm.Client.Accounts;

/// <summary>A user name and a password for the servers of one realm.</summary>
/// <param name="userName">The name.</param>
/// <param name="password">The password. It is kept in memory while the account is signed in, and written nowhere.</param>
/// <param name="realm">The realm as the server names it (RFC 3261 section 22.1); null for any that no other credential names.</param>
public sealed class ImCredential(string userName, string password, string? realm = null)
{
    /// <summary>The name.</summary>
    public string UserName { get; } = userName;

    /// <summary>The realm, or null.</summary>
    public string? Realm { get; } = realm;

    internal string Password { get; } = password;

    /// <summary>The name and the realm alone.</summary>
    public override string ToString() => Realm is null ? UserName : UserName + " at " + Realm;
}
