using System.Globalization;
using System.Text;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Trace;

/// <summary>Shows the bytes of a message as text that a person may see: without secrets, and without tricks.</summary>
internal static class TraceText
{
    // What went over the wire has passed the limits of the stack that sent or took it.
    private static readonly SipLimits Any = new() { MaxHeadLength = int.MaxValue, MaxBodyLength = int.MaxValue, MaxHeaderCount = int.MaxValue };

    /// <summary>The start line without the version.</summary>
    public static string Summary(ReadOnlyMemory<byte> bytes) => SipParser.ParseDatagram(bytes, Any).Message switch
    {
        SipRequest request => StartLine(request),
        SipResponse response => StartLine(response),
        _ => Unreadable(bytes),
    };

    /// <summary>The whole message; lines end with LF.</summary>
    public static string Full(ReadOnlyMemory<byte> bytes, bool withBody)
    {
        if (SipParser.ParseDatagram(bytes, Any).Message is not { } message)
        {
            return Unreadable(bytes);
        }

        var text = new StringBuilder(StartLine(message)).Append('\n');
        foreach (var header in message.Headers)
        {
            text.Append(TraceChars.OneLine(header.Name)).Append(": ")
                .Append(TraceChars.OneLine(TraceSecrets.ValueOf(header.Name, header.Value))).Append('\n');
        }

        text.Append('\n');
        if (withBody)
        {
            AppendBody(text, message);
        }

        return text.ToString();
    }

    private static string StartLine(SipMessage message) => TraceChars.OneLine(message is SipRequest request
        ? $"{request.Method} {TraceSecrets.InUris(request.RequestUriText)}"
        : string.Create(CultureInfo.InvariantCulture, $"{((SipResponse)message).StatusCode} {((SipResponse)message).ReasonPhrase}"));

    private static void AppendBody(StringBuilder text, SipMessage message)
    {
        if (message.Headers.Contains(HeaderId.ContentEncoding) || message.Body.Span.Contains((byte)0))
        {
            text.Append(CultureInfo.InvariantCulture, $"({message.Body.Length} bytes)");
            return;
        }

        var first = true;
        var wasSecret = false;
        foreach (var line in TraceChars.Lines(message.BodyText))
        {
            if (!first)
            {
                text.Append('\n');
            }

            // A body may hold a message, with credentials of its own: message/sip, a report of what went wrong; folded, too.
            wasSecret = wasSecret && line is [' ' or '\t', ..];
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (wasSecret)
            {
                text.Append(' ').Append(TraceSecrets.Blank);
            }
            else if (colon > 0 && TraceSecrets.IsCredentials(line[..colon]))
            {
                wasSecret = true;
                text.Append(line, 0, colon).Append(": ").Append(TraceSecrets.Blank);
            }
            else
            {
                text.Append(TraceSecrets.InUris(line));
            }

            first = false;
        }
    }

    private static string Unreadable(ReadOnlyMemory<byte> bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"({bytes.Length} bytes that are no SIP message)");
}
