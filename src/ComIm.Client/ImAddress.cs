using ComIm.Sip.Messages;

namespace ComIm.Client;

/// <summary>Addresses as people write them.</summary>
internal static class ImAddress
{
    /// <summary>Reads <c>sip:bob@example.com</c> or <c>bob@example.com</c>.</summary>
    /// <exception cref="ImException"><see cref="ImError.BadAddress"/>.</exception>
    public static SipUri Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        var withScheme = trimmed.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("sips:", StringComparison.OrdinalIgnoreCase)
            ? trimmed
            : "sip:" + trimmed;
        return SipUri.TryParse(withScheme, out var uri) && uri.User is not null
            ? uri.WithoutHeaders()
            : throw ImException.Of(ImError.BadAddress, $"'{Printable(trimmed)}' is not a SIP address.", "Write it as sip:bob@example.com.");
    }

    private static string Printable(string text) => new([.. text.Select(c => char.IsControl(c) ? ' ' : c).Take(100)]);
}
