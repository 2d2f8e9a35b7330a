namespace ComIm.Sip.Authentication;

/// <summary>The hash functions of digest authentication, weakest first (RFC 8760).</summary>
public enum DigestAlgorithm
{
    /// <summary>RFC 2617; what a missing algorithm parameter means.</summary>
    Md5,

    /// <summary>RFC 7616.</summary>
    Sha256,
}
