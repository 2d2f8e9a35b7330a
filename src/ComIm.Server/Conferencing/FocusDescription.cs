using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ComIm.Sip.Dialogs;

namespace ComIm.Server.Conferencing;

/// <summary>
/// The focus's side of a session description: messages inside the dialog, <c>m=message 5060 sip null</c> (MS-SDP section
/// 3.1.5.3), of any type, since it reads none of them. Every other medium is refused.
/// </summary>
internal static class FocusDescription
{
    private const string ContentType = "application/sdp";

    public static SessionBody Offer(IPAddress address) => Write(address, "m=message 5060 sip null\r\na=accept-types:*\r\n");

    /// <summary>Answers an offer; null where it has no line for messages, or is no description.</summary>
    public static SessionBody? Answer(SessionBody offer, IPAddress address)
    {
        if (!IsDescription(offer))
        {
            return null;
        }

        var media = new StringBuilder();
        var isTaken = false;
        foreach (var fields in MediaLines(offer))
        {
            if (!isTaken && IsMessage(fields))
            {
                isTaken = true;
                media.Append(CultureInfo.InvariantCulture, $"m={fields[0]} 5060 sip null\r\na=accept-types:*\r\n");
            }
            else if (fields.Length >= 4)
            {
                // Refused by port 0 (RFC 3264 section 6).
                media.Append(CultureInfo.InvariantCulture, $"m={fields[0]} 0 ").AppendJoin(' ', fields[2..]).Append("\r\n");
            }
        }

        return isTaken ? Write(address, media.ToString()) : null;
    }

    /// <summary>Whether an answer takes messages.</summary>
    public static bool IsTaken(SessionBody? answer) => answer is not null && IsDescription(answer) && MediaLines(answer).Any(IsMessage);

    private static bool IsDescription(SessionBody body) =>
        body.ContentType.Split(';')[0].Trim().Equals(ContentType, StringComparison.OrdinalIgnoreCase);

    private static bool IsMessage(string[] fields) =>
        fields is ["message" or "x-ms-message", not "0", var protocol, ..] && protocol.Equals("sip", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string[]> MediaLines(SessionBody body) =>
        Encoding.UTF8.GetString(body.Content.Span).Split('\n', StringSplitOptions.TrimEntries)
            .Where(l => l.StartsWith("m=", StringComparison.Ordinal))
            .Select(l => l[2..].Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static SessionBody Write(IPAddress address, string media)
    {
        var at = (address.AddressFamily == AddressFamily.InterNetworkV6 ? "IN IP6 " : "IN IP4 ") + address;
        return new SessionBody(ContentType, Encoding.UTF8.GetBytes($"v=0\r\no=- 0 0 {at}\r\ns=session\r\nc={at}\r\nt=0 0\r\n{media}"));
    }
}
