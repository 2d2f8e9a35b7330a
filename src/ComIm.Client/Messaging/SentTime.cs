using System.Globalization;
using ComIm.Sip.Messages;

namespace ComIm.Client.Messaging;

/// <summary>When a message was first sent: its Date header (RFC 3261 section 20.17), which those that keep messages add.</summary>
internal static class SentTime
{
    // Clocks differ: what is younger came directly, and is dated by our own.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>What the header says; null where it is not there, or cannot be read.</summary>
    public static DateTimeOffset? Of(SipRequest request) =>
        DateTimeOffset.TryParseExact(
            request.Headers.Get(HeaderId.Date), "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>The time of a message that was sent noticeably earlier than it comes in; null for others.</summary>
    public static DateTimeOffset? Earlier(SipRequest request, DateTimeOffset now) => Of(request) is { } sent && now - sent > Tolerance ? sent : null;
}
