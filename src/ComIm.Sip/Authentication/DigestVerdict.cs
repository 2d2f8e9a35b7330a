namespace ComIm.Sip.Authentication;

/// <summary>What a server finds in a request's credentials.</summary>
public enum DigestVerdict
{
    /// <summary>There are none for this realm.</summary>
    Missing,

    /// <summary>The password is right and the nonce good.</summary>
    Valid,

    /// <summary>The password is right, but the nonce is too old or was used before: ask again with stale=true.</summary>
    Stale,

    /// <summary>The password, the user or the form is wrong.</summary>
    Invalid,
}
