using ComIm.Sip.Messages;

namespace ComIm.Server.Conferencing;

/// <summary>The Replaces that a Refer-To brings in its URI (RFC 3891 section 3): <c>?Replaces=call-id%3Bto-tag%3D…</c>.</summary>
internal static class ReplacesHeader
{
    private const int MaxLength = 512;

    /// <summary>The header value; null where there is none that could be one.</summary>
    public static string? Of(SipUri uri)
    {
        foreach (var header in uri.Headers.Split('&'))
        {
            if (header.Split('=', 2) is [var name, var value] && name.Equals("Replaces", StringComparison.OrdinalIgnoreCase))
            {
                var text = Uri.UnescapeDataString(value);
                return text.Length is > 0 and <= MaxLength && text.All(c => c is > ' ' and < '\x7f') ? text : null;
            }
        }

        return null;
    }
}
