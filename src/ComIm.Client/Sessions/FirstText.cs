using ComIm.Sip.Bodies;
using ComIm.Sip.Messages;

namespace ComIm.Client.Sessions;

/// <summary>
/// The first text of a chat as Microsoft's clients put it into the INVITE:
/// <c>ms-text-format: text/plain; charset=UTF-8; ms-body=…</c> with the text in base64. Since our 200 does not list
/// <c>ms-text-format</c> as supported, the caller sends it again as the first MESSAGE.
/// </summary>
internal static class FirstText
{
    public static string? Read(SipRequest invite)
    {
        if (!MediaType.TryParse(invite.Headers.Get("ms-text-format"), out var type) || !type.Is("text/plain")
            || type.Parameters.Get("ms-body") is not { } body)
        {
            return null;
        }

        var bytes = new byte[body.Length];
        return Convert.TryFromBase64String(body, bytes, out var length) && Charsets.TryDecode(bytes.AsSpan(0, length), type.Charset, out var text)
            ? text
            : null;
    }
}
