namespace ComIm.Sip.Messages;

/// <summary>The rules every message must keep before a transaction may see it (RFC 3261 section 8.1.1, 16.3).</summary>
public static class SipMessageRules
{
    private const ulong Single = (1UL << (int)HeaderId.From) | (1UL << (int)HeaderId.To) | (1UL << (int)HeaderId.CallId) | (1UL << (int)HeaderId.CSeq)
        | (1UL << (int)HeaderId.MaxForwards) | (1UL << (int)HeaderId.ContentLength) | (1UL << (int)HeaderId.ContentType);

    private const ulong Mandatory = (1UL << (int)HeaderId.Via) | (1UL << (int)HeaderId.From) | (1UL << (int)HeaderId.To) | (1UL << (int)HeaderId.CallId) | (1UL << (int)HeaderId.CSeq);

    /// <summary>Checks the header fields that transactions and dialogs stand on.</summary>
    /// <param name="message">The message.</param>
    public static SipRejection Check(SipMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var headers = message.Headers;
        ulong present = 0;
        for (var i = 0; i < headers.Count; i++)
        {
            var bit = 1UL << (int)headers.IdAt(i);
            if ((present & bit & Single) != 0)
            {
                return SipRejection.RepeatedHeader;
            }

            present |= bit;
        }

        if ((present & Mandatory) != Mandatory)
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

            if ((present & (1UL << (int)HeaderId.MaxForwards)) != 0 && request.MaxForwards is null)
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

        Span<char> buffer = stackalloc char[512];
        if (!message.Headers.TryGetChars(HeaderId.Via, buffer, out var via) || !ViaParts.TryReadFirst(via, out _))
        {
            return SipRejection.InvalidVia;
        }

        if (!message.Headers.TryGetChars(HeaderId.From, buffer, out var from) || !NameAddressParts.TryRead(from, out _))
        {
            return SipRejection.InvalidFrom;
        }

        return message.Headers.TryGetChars(HeaderId.To, buffer, out var to) && NameAddressParts.TryRead(to, out _)
            ? SipRejection.None
            : SipRejection.InvalidTo;
    }
}
