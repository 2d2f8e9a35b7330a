namespace ComIm.Sip.Authentication;

/// <summary>
/// The algorithms of digest authentication, weakest first (RFC 8760). The session forms of RFC 7616 section 3.4.2 come
/// before the plain ones of the same hash: they are for servers that demand nothing else.
/// </summary>
public enum DigestAlgorithm
{
    /// <summary>MD5-sess, RFC 2617.</summary>
    Md5Session,

    /// <summary>MD5, RFC 2617; what a missing algorithm parameter means.</summary>
    Md5,

    /// <summary>SHA-256-sess, RFC 7616.</summary>
    Sha256Session,

    /// <summary>SHA-256, RFC 7616.</summary>
    Sha256,

    /// <summary>SHA-512-256-sess, RFC 7616.</summary>
    Sha512256Session,

    /// <summary>SHA-512-256, RFC 7616.</summary>
    Sha512256,
}
