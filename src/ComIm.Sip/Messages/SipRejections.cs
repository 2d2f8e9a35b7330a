namespace ComIm.Sip.Messages;

/// <summary>The answers to faulty requests: one table from reason to status code.</summary>
public static class SipRejections
{
    /// <summary>The status code that answers a request refused for this reason.</summary>
    /// <param name="rejection">The reason.</param>
    public static int StatusCodeOf(SipRejection rejection) => rejection switch
    {
        SipRejection.UnsupportedVersion => 505,
        SipRejection.HeadTooLong or SipRejection.TooManyHeaders => 513,
        SipRejection.BodyTooLong => 413,
        _ => 400,
    };

    /// <summary>The reason phrase that names the fault, as RFC 3261 section 21.4.1 asks for.</summary>
    /// <param name="rejection">The reason.</param>
    public static string ReasonPhraseOf(SipRejection rejection) => rejection switch
    {
        SipRejection.UnsupportedVersion => "Version Not Supported",
        SipRejection.HeadTooLong => "Message Too Large",
        SipRejection.TooManyHeaders => "Too Many Header Fields",
        SipRejection.BodyTooLong => "Request Entity Too Large",
        SipRejection.BodyTruncated => "Body Shorter Than Content-Length",
        SipRejection.InvalidContentLength => "Invalid Content-Length",
        SipRejection.MissingHeader => "Missing Mandatory Header Field",
        SipRejection.RepeatedHeader => "Repeated Header Field",
        SipRejection.InvalidVia => "Invalid Via",
        SipRejection.InvalidFrom => "Invalid From",
        SipRejection.InvalidTo => "Invalid To",
        SipRejection.InvalidCallId => "Invalid Call-ID",
        SipRejection.InvalidCSeq => "Invalid CSeq",
        SipRejection.MethodMismatch => "CSeq Method Does Not Match",
        SipRejection.InvalidMaxForwards => "Invalid Max-Forwards",
        SipRejection.InvalidMaxBreadth => "Invalid Max-Breadth",
        SipRejection.InvalidRequestUri => "Invalid Request-URI",
        _ => "Bad Request",
    };
}
