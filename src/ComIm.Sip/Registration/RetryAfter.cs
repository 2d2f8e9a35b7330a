using ComIm.Sip.Messages;

namespace ComIm.Sip.Registration;

/// <summary>Retry-After (RFC 3261 section 20.33): seconds, then perhaps a comment and parameters.</summary>
internal static class RetryAfter
{
    /// <summary>The time a response asks to wait; null where it names none.</summary>
    public static TimeSpan? Of(SipResponse response)
    {
        if (response.Headers.Get(HeaderId.RetryAfter) is not { } text)
        {
            return null;
        }

        var seconds = text.AsSpan();
        var end = seconds.IndexOfAnyExceptInRange('0', '9');
        if (end >= 0)
        {
            if (seconds[end] is not (' ' or '\t' or ';' or '('))
            {
                return null;
            }

            seconds = seconds[..end];
        }

        return SipNumber.TryParse(seconds, out var value) ? TimeSpan.FromSeconds(value) : null;
    }
}
