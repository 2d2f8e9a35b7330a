namespace ComIm.Sip.Bodies;

/// <summary>Which part of a multipart is meant for a receiver. Recursion ends at the depth that decoding has allowed.</summary>
internal static class BodySelection
{
    public static SipBodyResult Select(SipBody body, Func<SipBody, BodyRejection> judge)
    {
        if (body.Rejection != BodyRejection.None)
        {
            return SipBodyResult.Refused(body.Rejection);
        }

        if (body.Parts.Count > 0)
        {
            return body.Type.Subtype switch
            {
                "alternative" => SelectAlternative(body, judge),
                "related" => Select(RootOf(body), judge),

                // RFC 1847 section 2.1: first the content, then its signature, which is not verified here.
                "signed" => Select(body.Parts[0], judge),

                // What is not known is treated as mixed (RFC 2046 section 5.1.7).
                _ => SelectMixed(body, judge),
            };
        }

        var verdict = body.Type.IsMultipart ? BodyRejection.UnsupportedMediaType : judge(body);
        return verdict == BodyRejection.None ? SipBodyResult.Of(body) : SipBodyResult.Refused(verdict);
    }

    // The sender's order is from the plainest to the richest (RFC 2046 section 5.1.4).
    private static SipBodyResult SelectAlternative(SipBody body, Func<SipBody, BodyRejection> judge)
    {
        var refused = BodyRejection.UnsupportedMediaType;
        foreach (var part in body.Parts.Reverse())
        {
            var result = Select(part, judge);
            if (result.Body is not null)
            {
                return result;
            }

            // A type that would do but for its charset or coding says more than one that would not.
            refused = result.Rejection == BodyRejection.UnsupportedMediaType ? refused : result.Rejection;
        }

        return SipBodyResult.Refused(refused);
    }

    // RFC 2387 section 3.2: the part that start names by its Content-ID, else the first.
    private static SipBody RootOf(SipBody body)
    {
        var start = body.Type.Parameters.Get("start");
        return body.Parts.FirstOrDefault(p => start is not null && p.Headers.Get("Content-ID") == start) ?? body.Parts[0];
    }

    // A part that must be processed and cannot be is a reason to refuse the request (RFC 3261 section 20.11).
    private static SipBodyResult SelectMixed(SipBody body, Func<SipBody, BodyRejection> judge)
    {
        SipBody? chosen = null;
        var refused = BodyRejection.UnsupportedMediaType;
        foreach (var part in body.Parts)
        {
            var result = Select(part, judge);
            if (result.Body is null && part.IsRequired)
            {
                return result;
            }

            chosen ??= result.Body;
            refused = result.Body is null ? result.Rejection : refused;
        }

        return chosen is null ? SipBodyResult.Refused(refused) : SipBodyResult.Of(chosen);
    }
}
