using ComIm.Sip.Messages;

namespace ComIm.Sip.Dialogs;

/// <summary>How two sides agree on a session timer (RFC 4028 sections 7 to 9). It knows no clock.</summary>
public static class SessionNegotiation
{
    private const string Tag = "timer";

    /// <summary>Asks for a timer in an INVITE or UPDATE (section 7.1, 7.4). Supported: timer is the caller's to add.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">What we want.</param>
    /// <param name="current">The terms in force; null where there are none.</param>
    /// <param name="least">The least the path has asked for with a 422; null where it has not.</param>
    public static void Offer(SipRequest request, SessionTimerOptions options, SessionTerms? current, TimeSpan? least = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        if ((current?.Interval ?? options.Interval) is not { } wanted)
        {
            return;
        }

        var min = Max(options.MinInterval, least ?? TimeSpan.Zero);

        // The roles stay as they are; in the first request they are the peer's to choose (section 7.1, 7.4).
        var refresher = current is null ? null : current.WeRefresh ? "uac" : "uas";
        request.Headers.Set(HeaderId.SessionExpires, new SessionExpires(Max(wanted, min), refresher).ToString());
        if (min > SessionTimerOptions.LeastInterval)
        {
            request.Headers.Set(HeaderId.MinSE, SessionExpires.Seconds(min));
        }
    }

    /// <summary>Whether a request asks for less than we take of a sender that understands why: then it is refused with 422.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">What we want.</param>
    public static bool IsTooShort(SipRequest request, SessionTimerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return SessionExpires.Of(request) is { } asked && asked.Interval < options.MinInterval && IsSupported(request);
    }

    /// <summary>What we answer a request that is not too short (section 9 and its table 2).</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">What we want.</param>
    /// <returns>The terms; null for a session without a timer.</returns>
    public static SessionTerms? Answer(SipRequest request, SessionTimerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var supported = IsSupported(request);
        var least = Max(SessionExpires.MinOf(request), options.MinInterval);
        if (SessionExpires.Of(request) is not { } asked)
        {
            return options.Interval is { } wanted ? new SessionTerms(Max(wanted, least), true) : null;
        }

        // The interval may be lowered, never raised.
        var interval = options.Interval is { } ours && Max(ours, least) < asked.Interval ? Max(ours, least) : asked.Interval;
        return new SessionTerms(interval, !supported || asked.Refresher == "uas");
    }

    /// <summary>Writes the terms into the 2xx (section 9).</summary>
    /// <param name="response">The 2xx.</param>
    /// <param name="terms">The terms; null writes nothing.</param>
    public static void Write(SipResponse response, SessionTerms? terms)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (terms is null)
        {
            return;
        }

        response.Headers.Set(HeaderId.SessionExpires, new SessionExpires(terms.Interval, terms.WeRefresh ? "uas" : "uac").ToString());
        if (!terms.WeRefresh)
        {
            response.Headers.Add(HeaderId.Require, Tag);
        }
    }

    /// <summary>What a 2xx tells the sender of the request (section 7.2).</summary>
    /// <param name="response">The 2xx.</param>
    /// <returns>The terms; null for a session without a timer.</returns>
    public static SessionTerms? Agreed(SipResponse response) =>
        SessionExpires.Of(response) is { Interval.Ticks: > 0 } agreed ? new SessionTerms(agreed.Interval, agreed.Refresher != "uas") : null;

    private static bool IsSupported(SipRequest request) => Names(request, HeaderId.Supported) || Names(request, HeaderId.Require);

    private static bool Names(SipRequest request, HeaderId id) =>
        request.Headers.GetValues(id).Contains(Tag, StringComparer.OrdinalIgnoreCase);

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
