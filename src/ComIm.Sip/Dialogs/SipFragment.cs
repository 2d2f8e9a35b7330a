using System.Text;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Dialogs;

/// <summary>The body of a NOTIFY that reports on a REFER: a status line (RFC 3515 section 2.4.5, RFC 3420).</summary>
internal static class SipFragment
{
    public const string ContentType = "message/sipfrag;version=2.0";

    public static byte[] Of(SipResponse response) => Encoding.UTF8.GetBytes($"SIP/2.0 {response.StatusCode} {response.ReasonPhrase}\r\n");

    /// <summary>Reads the status line; header fields behind it are passed over.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out int statusCode, out string reasonPhrase)
    {
        var line = Encoding.UTF8.GetString(body[..Math.Min(body.Length, 1024)]).AsSpan();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end];
        (statusCode, reasonPhrase) = (0, string.Empty);
        if (!line.StartsWith("SIP/2.0 ", StringComparison.Ordinal))
        {
            return false;
        }

        line = line[8..];
        var space = line.IndexOf(' ');
        if (!SipNumber.TryParse(space < 0 ? line : line[..space], out var code) || code is < 100 or > 699)
        {
            return false;
        }

        (statusCode, reasonPhrase) = ((int)code, space < 0 ? string.Empty : line[(space + 1)..].ToString());
        return true;
    }
}
