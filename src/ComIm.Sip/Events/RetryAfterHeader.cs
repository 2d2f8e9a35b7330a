using ComIm.Sip.Messages;

namespace ComIm.Sip.Events;

/// <summary>The Retry-After header (RFC 3261 section 20.33): seconds; comment and parameters are passed over.</summary>
internal static class RetryAfterHeader
{
    public static TimeSpan? Of(SipMessage message)
    {
        var text = message.Headers.Get(HeaderId.RetryAfter).AsSpan();
        var end = text.IndexOfAny(" \t;(");
        return SipNumber.TryParse(end < 0 ? text : text[..end], out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
    }
}
