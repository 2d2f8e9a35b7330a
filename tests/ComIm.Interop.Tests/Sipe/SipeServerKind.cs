namespace ComIm.Interop.Tests.Sipe;

/// <summary>What pidgin-sipe signs in to.</summary>
public enum SipeServerKind
{
    /// <summary>Kamailio with digest and presence; it takes it for a server of 2005, and speaks of <c>m=x-ms-message</c>.</summary>
    KamailioOf2005,

    /// <summary>Kamailio with digest; it takes it for a server of 2007 or later, and speaks of <c>m=message</c>.</summary>
    KamailioOf2007,

    /// <summary>The embedded server, believing everybody: the digest of pidgin-sipe is not for the request that it comes with.</summary>
    Embedded,
}
