namespace ComIm.Sip.Bodies;

/// <summary>Why a body was not accepted, named; <see cref="BodyRejections"/> says how to answer each.</summary>
public enum BodyRejection
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>Content-Type cannot be read (RFC 3261 section 20.15).</summary>
    InvalidContentType,

    /// <summary>The type is not one that the receiver can use (RFC 3261 section 8.2.3).</summary>
    UnsupportedMediaType,

    /// <summary>The content coding is none of gzip, deflate and identity (RFC 3261 section 20.12).</summary>
    UnsupportedEncoding,

    /// <summary>The charset is not known here.</summary>
    UnsupportedCharset,

    /// <summary>The transfer encoding of a part is not one of RFC 2045 section 6.1.</summary>
    UnsupportedTransferEncoding,

    /// <summary>The compressed bytes are damaged or end too soon.</summary>
    CorruptEncoding,

    /// <summary>The base64 or quoted-printable of a part is damaged.</summary>
    CorruptTransferEncoding,

    /// <summary>Inflated it is longer than <see cref="Messages.SipLimits.MaxInflatedLength"/>.</summary>
    InflatedTooLong,

    /// <summary>It grows by more than <see cref="Messages.SipLimits.MaxInflateRatio"/>.</summary>
    InflatesTooMuch,

    /// <summary>A multipart has no boundary, or one that RFC 2046 section 5.1.1 forbids.</summary>
    InvalidBoundary,

    /// <summary>A multipart does not hold a single delimiter line.</summary>
    NoParts,

    /// <summary>The header of a part is not made of header fields.</summary>
    InvalidPartHeader,

    /// <summary>The header of a part is beyond the limits of a message's.</summary>
    PartHeaderTooLong,

    /// <summary>More parts than <see cref="Messages.SipLimits.MaxParts"/>.</summary>
    TooManyParts,

    /// <summary>Multiparts are nested deeper than <see cref="Messages.SipLimits.MaxPartDepth"/>.</summary>
    PartsTooDeep,
}
