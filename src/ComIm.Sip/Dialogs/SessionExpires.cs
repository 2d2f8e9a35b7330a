using System.Globalization;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Dialogs;

/// <summary>The Session-Expires header (RFC 4028 section 4).</summary>
/// <param name="Interval">The session interval.</param>
/// <param name="Refresher"><c>uac</c>, <c>uas</c> or null: who refreshes, as a role in the transaction that says so.</param>
public readonly record struct SessionExpires(TimeSpan Interval, string? Refresher)
{
    /// <summary>Reads the header of a message; null where it is missing or faulty.</summary>
    /// <param name="message">The message.</param>
    public static SessionExpires? Of(SipMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var text = message.Headers.Get(HeaderId.SessionExpires);
        if (text is null)
        {
            return null;
        }

        var semicolon = text.IndexOf(';', StringComparison.Ordinal);
        if (!SipNumber.TryParse((semicolon < 0 ? text : text[..semicolon]).Trim(), out var seconds))
        {
            return null;
        }

        var refresher = semicolon < 0 ? null : new ParameterList(text[semicolon..]).Get("refresher")?.ToLowerInvariant();
        return new SessionExpires(TimeSpan.FromSeconds(seconds), refresher is "uac" or "uas" ? refresher : null);
    }

    /// <summary>Min-SE of a message, 90 s where it has none (section 5).</summary>
    /// <param name="message">The message.</param>
    public static TimeSpan MinOf(SipMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var text = message.Headers.Get(HeaderId.MinSE);
        var semicolon = text?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        return SipNumber.TryParse((semicolon < 0 ? text : text![..semicolon])?.Trim(), out var seconds)
            && seconds > SessionTimerOptions.LeastInterval.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : SessionTimerOptions.LeastInterval;
    }

    /// <summary>As it stands in the header.</summary>
    public override string ToString() => Seconds(Interval) + (Refresher is null ? string.Empty : ";refresher=" + Refresher);

    internal static string Seconds(TimeSpan interval) => ((long)Math.Ceiling(interval.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
