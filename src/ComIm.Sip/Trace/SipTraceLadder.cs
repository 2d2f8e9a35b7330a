using System.Globalization;
using System.Net;
using System.Text;
using ComIm.Sip.Transport;

namespace ComIm.Sip.Trace;

/// <summary>
/// Shows traces as people draw them: a column for each party, an arrow for each message, the seconds since the first at the
/// left. Pure text, for files and terminals; secrets are blanked, and nothing a peer sends can look like a line of ours.
/// </summary>
public static class SipTraceLadder
{
    private const string Others = "(others)";
    private const string TextIndent = "          : ";
    private const int Margin = 11;

    /// <summary>Draws a ladder.</summary>
    /// <param name="entries">The messages, of one stack or of several; what one has sent and another received is one arrow.</param>
    /// <param name="options">Names, and what is shown; start lines only where null.</param>
    public static string Format(IEnumerable<SipTraceEntry> entries, SipTraceLadderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        options ??= SipTraceLadderOptions.Default;
        var rungs = WithoutTwins(entries.OrderBy(e => e.Time));
        if (rungs.Count == 0)
        {
            return string.Empty;
        }

        var parties = PartiesOf(rungs, options);
        var text = new StringBuilder();
        AppendHead(text, parties, options);
        foreach (var rung in rungs)
        {
            AppendRung(text, rung, rungs[0].Time, parties, options);
            AppendText(text, rung, options);
        }

        return text.ToString();
    }

    /// <summary>
    /// One message as one line, and its text below where that is asked for: for traces that are written as they happen, when
    /// nobody knows yet who will take part.
    /// </summary>
    /// <param name="entry">The message.</param>
    /// <param name="start">The time from which the offset is counted.</param>
    /// <param name="options">Names, and what is shown; start lines only where null.</param>
    public static string FormatLine(SipTraceEntry entry, DateTimeOffset start, SipTraceLadderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(entry);
        options ??= SipTraceLadderOptions.Default;
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{Offset(entry, start)} {NameOf(entry.Local, options)} {(entry.Sent ? "->" : "<-")} {NameOf(entry.Remote, options)}")
            .Append(CultureInfo.InvariantCulture, $"  {SipTarget.NameOf(entry.Transport)}  {entry.Summary}\n");
        AppendText(text, entry, options);
        return text.ToString();
    }

    private static string Offset(SipTraceEntry entry, DateTimeOffset start) =>
        (entry.Time - start).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(Margin - 1);

    private static string NameOf(IPEndPoint endPoint, SipTraceLadderOptions options) =>
        options.Names.TryGetValue(endPoint, out var name) ? TraceChars.OneLine(name) : endPoint.ToString();

    private static IPEndPoint FromOf(SipTraceEntry entry) => entry.Sent ? entry.Local : entry.Remote;

    private static IPEndPoint ToOf(SipTraceEntry entry) => entry.Sent ? entry.Remote : entry.Local;

    /// <summary>Leaves out what was received of what was sent within the same trace. Retransmissions stay: each is sent again.</summary>
    private static List<SipTraceEntry> WithoutTwins(IEnumerable<SipTraceEntry> entries)
    {
        var underWay = new Dictionary<(IPEndPoint, IPEndPoint, string), int>();
        var rungs = new List<SipTraceEntry>();
        foreach (var entry in entries)
        {
            var key = (FromOf(entry), ToOf(entry), Encoding.Latin1.GetString(entry.Bytes.Span));
            var count = underWay.GetValueOrDefault(key);
            if (entry.Sent || count == 0)
            {
                rungs.Add(entry);
            }

            underWay[key] = entry.Sent ? count + 1 : Math.Max(0, count - 1);
        }

        return rungs;
    }

    private static List<string> PartiesOf(List<SipTraceEntry> rungs, SipTraceLadderOptions options)
    {
        var parties = new List<string>();
        foreach (var name in rungs.SelectMany(r => new[] { NameOf(FromOf(r), options), NameOf(ToOf(r), options) }))
        {
            if (parties.Contains(name, StringComparer.Ordinal))
            {
                continue;
            }

            if (parties.Count == Math.Max(2, options.MaxParties))
            {
                parties[^1] = Others;
                break;
            }

            parties.Add(name);
        }

        return parties;
    }

    private static int Width(SipTraceLadderOptions options) => Math.Max(12, options.ColumnWidth);

    private static void AppendHead(StringBuilder text, List<string> parties, SipTraceLadderOptions options)
    {
        var line = new StringBuilder().Append(' ', Margin);
        for (var i = 0; i < parties.Count; i++)
        {
            var room = Width(options) - 1;
            line.Append(i == parties.Count - 1 ? parties[i] : Cut(parties[i], room).PadRight(room + 1));
        }

        text.Append(line).Append('\n');
    }

    private static void AppendRung(
        StringBuilder text, SipTraceEntry entry, DateTimeOffset start, List<string> parties, SipTraceLadderOptions options)
    {
        var (from, to) = (ColumnOf(FromOf(entry), parties, options), ColumnOf(ToOf(entry), parties, options));
        var width = Width(options);
        var row = new StringBuilder(Offset(entry, start)).Append(' ');
        for (var column = 0; column < parties.Count; column++)
        {
            row.Append('|').Append(' ', column < parties.Count - 1 ? width - 1 : 0);
        }

        if (from == to)
        {
            // Two addresses of one party, or of those that share the last column.
            row.Append("  (").Append(parties[from]).Append(" to itself) ").Append(entry.Summary);
        }
        else
        {
            var left = Margin + (Math.Min(from, to) * width) + 1;
            var room = (Math.Abs(to - from) * width) - 1;
            row.Remove(left, room).Insert(left, Arrow(entry.Summary, room, to > from));
        }

        text.Append(row).Append("  ").Append(SipTarget.NameOf(entry.Transport)).Append('\n');
    }

    private static string Arrow(string label, int room, bool isRightward)
    {
        var shown = " " + Cut(label, room - 5) + " ";
        var dashes = room - 1 - shown.Length;
        var line = new string('-', dashes / 2) + shown + new string('-', dashes - (dashes / 2));
        return isRightward ? line + ">" : "<" + line;
    }

    private static int ColumnOf(IPEndPoint endPoint, List<string> parties, SipTraceLadderOptions options)
    {
        var column = parties.IndexOf(NameOf(endPoint, options));
        return column < 0 ? parties.Count - 1 : column;
    }

    private static string Cut(string text, int room) => text.Length <= room ? text : text[..(room - 1)] + "…";

    private static void AppendText(StringBuilder text, SipTraceEntry entry, SipTraceLadderOptions options)
    {
        if (!options.HasText)
        {
            return;
        }

        var full = TraceText.Full(entry.Bytes, options.HasBodies).TrimEnd('\n');
        var isCut = full.Length > options.MaxTextLength;
        foreach (var line in (isCut ? full[..options.MaxTextLength] : full).Split('\n'))
        {
            text.Append(TextIndent).Append(line).Append('\n');
        }

        if (isCut)
        {
            text.Append(TextIndent).Append(CultureInfo.InvariantCulture, $"… {full.Length - options.MaxTextLength} characters more\n");
        }
    }
}
