namespace ComIm.Sip.Authentication;

/// <summary>The qualities of protection (RFC 7616 section 3.3).</summary>
public static class DigestQop
{
    /// <summary>Method and URI are protected.</summary>
    public const string Auth = "auth";

    /// <summary>The body too.</summary>
    public const string AuthInt = "auth-int";
}
