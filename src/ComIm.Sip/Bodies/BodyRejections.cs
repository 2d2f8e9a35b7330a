using ComIm.Sip.Messages;

namespace ComIm.Sip.Bodies;

/// <summary>The answers to bodies that were not accepted: one table from reason to response.</summary>
public static class BodyRejections
{
    /// <summary>The content codings that are undone here, as Accept-Encoding lists them.</summary>
    public const string AcceptEncoding = "gzip, deflate, identity";

    /// <summary>The status code that answers a request refused for this reason.</summary>
    /// <param name="rejection">The reason.</param>
    public static int StatusCodeOf(BodyRejection rejection) => rejection switch
    {
        BodyRejection.UnsupportedMediaType or BodyRejection.UnsupportedEncoding or BodyRejection.UnsupportedCharset
            or BodyRejection.UnsupportedTransferEncoding => 415,
        BodyRejection.InflatedTooLong or BodyRejection.InflatesTooMuch or BodyRejection.PartHeaderTooLong
            or BodyRejection.TooManyParts or BodyRejection.PartsTooDeep => 413,
        _ => 400,
    };

    /// <summary>The reason phrase that names the fault, as RFC 3261 section 21.4.1 asks for.</summary>
    /// <param name="rejection">The reason.</param>
    public static string ReasonPhraseOf(BodyRejection rejection) => rejection switch
    {
        BodyRejection.InvalidContentType => "Invalid Content-Type",
        BodyRejection.UnsupportedMediaType => "Unsupported Media Type",
        BodyRejection.UnsupportedEncoding => "Unsupported Content-Encoding",
        BodyRejection.UnsupportedCharset => "Unsupported Charset",
        BodyRejection.UnsupportedTransferEncoding => "Unsupported Content-Transfer-Encoding",
        BodyRejection.CorruptEncoding => "Compressed Body Cannot Be Read",
        BodyRejection.CorruptTransferEncoding => "Encoded Body Part Cannot Be Read",
        BodyRejection.InflatedTooLong or BodyRejection.InflatesTooMuch => "Inflated Body Too Large",
        BodyRejection.InvalidBoundary => "Invalid Multipart Boundary",
        BodyRejection.NoParts => "Multipart Without Parts",
        BodyRejection.InvalidPartHeader => "Invalid Body Part Header",
        BodyRejection.PartHeaderTooLong => "Body Part Header Too Large",
        BodyRejection.TooManyParts => "Too Many Body Parts",
        BodyRejection.PartsTooDeep => "Body Parts Nested Too Deep",
        _ => "Bad Request",
    };

    /// <summary>
    /// Adds what a 415 must say: Accept or Accept-Encoding, whichever the sender can mend it by (RFC 3261 section
    /// 21.4.13). Other answers are left as they are.
    /// </summary>
    /// <param name="response">The answer.</param>
    /// <param name="rejection">The reason.</param>
    /// <param name="accept">The types that are accepted.</param>
    public static void AddAccepted(SipResponse response, BodyRejection rejection, string accept)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (rejection == BodyRejection.UnsupportedEncoding)
        {
            response.Headers.Add("Accept-Encoding", AcceptEncoding);
        }
        else if (StatusCodeOf(rejection) == 415)
        {
            response.Headers.Add(HeaderId.Accept, accept);
        }
    }
}
