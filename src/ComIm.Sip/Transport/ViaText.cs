using System.Globalization;
using System.Text.Unicode;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Transport;

/// <summary>Writes the Via of a request of ours (RFC 3261 section 18.1.1), as the bytes that go out.</summary>
internal static class ViaText
{
    /// <summary>Transport name, an address in its longest form, port, branch and flags.</summary>
    private const int MaxLength = 256;

    /// <summary>The value, with rport (RFC 3581 section 3).</summary>
    public static byte[] Write(ISipTransport transport, string branch)
    {
        Span<byte> buffer = stackalloc byte[MaxLength];
        var local = transport.LocalEndPoint;
        var host = HostPort.Format(local.Address);
        var alias = transport.OffersAlias ? ";alias" : string.Empty;
        Utf8.TryWrite(
            buffer,
            CultureInfo.InvariantCulture,
            $"SIP/2.0/{SipTarget.NameOf(transport.Kind)} {host}:{local.Port};branch={branch};rport{alias}",
            out var written);
        return buffer[..written].ToArray();
    }
}
