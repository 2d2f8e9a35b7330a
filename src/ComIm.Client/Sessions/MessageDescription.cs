using System.Net;
using System.Net.Sockets;
using System.Text;
using ComIm.Client.Messaging.Cpim;
using ComIm.Sip.Dialogs;

namespace ComIm.Client.Sessions;

/// <summary>
/// The session descriptions of messages inside a dialog: <c>m=message 5060 sip null</c>, or <c>m=x-ms-message</c> in the
/// oldest form (MS-SDP section 3.1.5.3). The port says nothing: messages go the way of the dialog.
/// </summary>
internal static class MessageDescription
{
    public const string ContentType = "application/sdp";

    private const string Media = "m=message 5060 sip ";

    /// <summary>An offer.</summary>
    /// <param name="address">Where we are.</param>
    /// <param name="accepted">What we take, as <c>a=accept-types</c> lists it.</param>
    public static SessionBody Offer(IPAddress address, string accepted) => Write(address, Media + "null\r\na=accept-types:" + accepted + "\r\n");

    /// <summary>Answers an offer: its first line for messages is taken, every other one is refused by port 0 (RFC 3264 section 6).</summary>
    /// <returns>The answer; null where the offer has no line for messages.</returns>
    public static SessionBody? Answer(ReadOnlySpan<byte> offer, IPAddress address, string self, string accepted)
    {
        var lines = new StringBuilder();
        var isTaken = false;
        foreach (var line in MediaLines(offer))
        {
            var fields = line[2..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!isTaken && IsMessage(fields))
            {
                isTaken = true;
                lines.Append("m=").Append(fields[0]).Append(" 5060 sip ").Append(self).Append("\r\na=accept-types:").Append(accepted).Append("\r\n");
            }
            else if (fields.Length >= 4)
            {
                lines.Append("m=").Append(fields[0]).Append(" 0 ").AppendJoin(' ', fields[2..]).Append("\r\n");
            }
        }

        return isTaken ? Write(address, lines.ToString()) : null;
    }

    /// <summary>Whether a peer's description has a line for messages that is not refused.</summary>
    public static bool IsAccepted(ReadOnlySpan<byte> description)
    {
        foreach (var line in MediaLines(description))
        {
            if (IsMessage(line[2..].Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The types that a peer says it takes; null where it says nothing. Who takes types inside an envelope takes the envelope
    /// (RFC 4975 section 8.6, from which both lists are borrowed).
    /// </summary>
    public static IReadOnlyList<string>? AcceptedTypes(ReadOnlySpan<byte> description)
    {
        List<string>? types = null;
        foreach (var line in Lines(description))
        {
            if (line.StartsWith("a=accept-types:", StringComparison.OrdinalIgnoreCase))
            {
                (types ??= []).AddRange(line["a=accept-types:".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
            else if (line.StartsWith("a=accept-wrapped-types:", StringComparison.OrdinalIgnoreCase))
            {
                (types ??= []).Add(CpimMessage.ContentType);
            }
        }

        return types;
    }

    /// <summary>Whether a peer says that it takes a type, by its name or with all others.</summary>
    public static bool Accepts(ReadOnlySpan<byte> description, string type) =>
        AcceptedTypes(description)?.Any(t => t == "*" || t.Equals(type, StringComparison.OrdinalIgnoreCase)) == true;

    private static SessionBody Write(IPAddress address, string media)
    {
        var at = (address.AddressFamily == AddressFamily.InterNetworkV6 ? "IN IP6 " : "IN IP4 ") + address;
        return new SessionBody(ContentType, Encoding.UTF8.GetBytes($"v=0\r\no=- 0 0 {at}\r\ns=session\r\nc={at}\r\nt=0 0\r\n{media}"));
    }

    private static bool IsMessage(string[] fields) =>
        fields is ["message" or "x-ms-message", not "0", var protocol, ..] && protocol.Equals("sip", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> MediaLines(ReadOnlySpan<byte> description) =>
        Lines(description).Where(l => l.StartsWith("m=", StringComparison.Ordinal));

    private static string[] Lines(ReadOnlySpan<byte> description) =>
        Encoding.UTF8.GetString(description).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
