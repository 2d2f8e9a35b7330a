namespace ComIm.Sip.Authentication;

/// <summary>A user name and a password.</summary>
/// <param name="userName">The name.</param>
/// <param name="password">The password.</param>
/// <param name="realm">The realm it is for (RFC 3261 section 22.1); null answers any realm of the server signed in to.</param>
public sealed class SipCredential(string userName, string password, string? realm = null)
{
    /// <summary>The name.</summary>
    public string UserName { get; } = userName;

    /// <summary>The realm it is for, or null.</summary>
    public string? Realm { get; } = realm;

    internal string Password { get; } = password;

    /// <summary>The name alone: passwords go nowhere.</summary>
    public override string ToString() => UserName;
}
