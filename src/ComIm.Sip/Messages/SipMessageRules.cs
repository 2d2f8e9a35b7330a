namespace ComIm.Sip.Messages;

/// <summary>The rules every message must keep before a transaction may see it (RFC 3261 section 8.1.1, 16.3).</summary>
public static class SipMessageRules
{
    private static readonly HeaderId[] Single =
    [
        HeaderId.From, HeaderId.To, HeaderId.CallId, HeaderId.CSeq, HeaderId.MaxForwards, HeaderId.ContentLength, HeaderId.ContentType,
    ];

    /// <summary>Checks the header fields that transactions and dialogs stand on.</summary>
    /// <param name="message">The message.</param>
    public static SipRejection Check(SipMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var headers = message.Headers;
        foreach (var id in Single)
        {
            if (headers.CountOf(id) > 1)
            {
                return SipRejection.RepeatedHeader;
            }
        }

        if (!headers.Contains(HeaderId.Via) || !headers.Contains(HeaderId.From) || !headers.Contains(HeaderId.To)
            || !headers.Contains(HeaderId.CallId) || !headers.Contains(HeaderId.CSeq))
        {
            return SipRejection.MissingHeader;
        }

        if (message.CSeq is not { } cseq)
        {
            return SipRejection.InvalidCSeq;
        }

        if (message is SipRequest request)
        {
            if (!string.Equals(cseq.Method, request.Method, StringComparison.Ordinal))
            {
                return SipRejection.MethodMismatch;
            }

            if (headers.Contains(HeaderId.MaxForwards) && request.MaxForwards is null)
            {
                return SipRejection.InvalidMaxForwards;
            }
        }

        return CheckAddresses(message);
    }

    private static SipRejection CheckAddresses(SipMessage message)
    {
        var callId = message.Headers.GetBytes(HeaderId.CallId);
        if (callId.IsEmpty || callId.ContainsAnyExcept(SipChars.CallId))
        {
            return SipRejection.InvalidCallId;
        }

        if (message.TopVia is null)
        {
            return SipRejection.InvalidVia;
        }

        if (message.From is null)
        {
            return SipRejection.InvalidFrom;
        }

        return message.To is null ? SipRejection.InvalidTo : SipRejection.None;
    }
}
