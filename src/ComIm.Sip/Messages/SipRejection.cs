namespace ComIm.Sip.Messages;

/// <summary>Why a message was not accepted: the peer's fault, named, so that tests and logs can tell one from another.</summary>
public enum SipRejection
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The bytes end before the head does.</summary>
    Incomplete,

    /// <summary>The start line is neither a request's nor a response's (RFC 3261 section 7.1, 7.2).</summary>
    InvalidStartLine,

    /// <summary>The method is not a token.</summary>
    InvalidMethod,

    /// <summary>The Request-URI is empty, holds white space or stands in angle brackets.</summary>
    InvalidRequestUri,

    /// <summary>The version is not SIP/2.0.</summary>
    UnsupportedVersion,

    /// <summary>The status code is not three digits between 100 and 699.</summary>
    InvalidStatusCode,

    /// <summary>A header line has no colon, or its name is not a token.</summary>
    InvalidHeaderName,

    /// <summary>A line does not end in CR LF, or a CR or LF stands alone.</summary>
    InvalidLineEnd,

    /// <summary>More header fields than <see cref="SipLimits.MaxHeaderCount"/>.</summary>
    TooManyHeaders,

    /// <summary>The head is longer than <see cref="SipLimits.MaxHeadLength"/>.</summary>
    HeadTooLong,

    /// <summary>The body is longer than <see cref="SipLimits.MaxBodyLength"/>.</summary>
    BodyTooLong,

    /// <summary>Content-Length is not a number, stands twice with different values, or is missing on a stream.</summary>
    InvalidContentLength,

    /// <summary>The datagram ends before Content-Length is reached (RFC 3261 section 18.3).</summary>
    BodyTruncated,

    /// <summary>One of Via, From, To, Call-ID and CSeq is missing (RFC 3261 section 8.1.1).</summary>
    MissingHeader,

    /// <summary>A header that may stand once stands twice.</summary>
    RepeatedHeader,

    /// <summary>The topmost Via cannot be read (RFC 3261 section 20.42).</summary>
    InvalidVia,

    /// <summary>From cannot be read.</summary>
    InvalidFrom,

    /// <summary>To cannot be read.</summary>
    InvalidTo,

    /// <summary>Call-ID is empty or holds white space.</summary>
    InvalidCallId,

    /// <summary>CSeq is not a number below 2**31 and a method (RFC 3261 section 8.1.1.5).</summary>
    InvalidCSeq,

    /// <summary>The method in CSeq is not the request's.</summary>
    MethodMismatch,

    /// <summary>Max-Forwards is not a number between 0 and 255.</summary>
    InvalidMaxForwards,

    /// <summary>
    /// Max-Breadth is not one number below 2**32. Only who forwards the request minds: a user agent server passes it over (RFC 5393
    /// section 5.5).
    /// </summary>
    InvalidMaxBreadth,
}
