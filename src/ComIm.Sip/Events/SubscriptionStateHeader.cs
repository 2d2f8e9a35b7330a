using ComIm.Sip.Messages;

namespace ComIm.Sip.Events;

/// <summary>The Subscription-State header (RFC 6665 section 8.2.3).</summary>
/// <param name="State"><c>active</c>, <c>pending</c>, <c>terminated</c> or a value of an extension; lower case.</param>
/// <param name="Reason">Why it is terminated; lower case; null where it is not said.</param>
/// <param name="Expires">How long the subscription still lasts; null where it is not said.</param>
/// <param name="RetryAfter">When to try again; null where it is not said.</param>
public sealed record SubscriptionStateHeader(string State, string? Reason, TimeSpan? Expires, TimeSpan? RetryAfter)
{
    /// <summary>True for the end of the subscription.</summary>
    public bool IsTerminated => State == "terminated";

    /// <summary>Reads the header of a message; null where it is missing.</summary>
    /// <param name="message">The message.</param>
    public static SubscriptionStateHeader? Of(SipMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var text = message.Headers.Get(HeaderId.SubscriptionState);
        if (text is null)
        {
            return null;
        }

        var semicolon = text.IndexOf(';', StringComparison.Ordinal);
        var parameters = new ParameterList(semicolon < 0 ? string.Empty : text[semicolon..]);
        return new SubscriptionStateHeader(
            (semicolon < 0 ? text : text[..semicolon]).Trim().ToLowerInvariant(),
            parameters.Get("reason")?.ToLowerInvariant(),
            Seconds(parameters.Get("expires")),
            Seconds(parameters.Get("retry-after")));
    }

    private static TimeSpan? Seconds(string? text) => SipNumber.TryParse(text, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
}
