using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using ComIm.Sip.Messages;

namespace ComIm.Sip.Transactions;

/// <summary>
/// What tells one request that came in from another (RFC 3261 section 17.2.3): method, branch and sent-by, written as one UTF-8
/// text that a retransmission is found by without allocating.
/// </summary>
internal static class TransactionKey
{
    /// <summary>Writes the key of a request.</summary>
    /// <param name="request">The request; an ACK belongs to its INVITE.</param>
    /// <param name="via">Its topmost Via.</param>
    /// <param name="buffer">Where the key is written, where it fits there.</param>
    public static ReadOnlySpan<byte> Of(SipRequest request, scoped ViaParts via, Span<byte> buffer) =>
        Of(request, request.Method == SipMethods.Ack ? SipMethods.Invite : request.Method, via, buffer);

    /// <summary>Writes the key of the INVITE that a CANCEL takes back (RFC 3261 section 9.2).</summary>
    public static ReadOnlySpan<byte> OfInvite(SipRequest cancel, scoped ViaParts via, Span<byte> buffer) =>
        Of(cancel, SipMethods.Invite, via, buffer);

    /// <summary>
    /// The hash of a key. Nobody outside can foresee it, so that nobody can choose branches that meet in one chain; that a last odd
    /// byte does not count makes no more than a few of them equal.
    /// </summary>
    public static int HashOf(ReadOnlySpan<byte> key) => string.GetHashCode(MemoryMarshal.Cast<byte, char>(key));

    private static ReadOnlySpan<byte> Of(SipRequest request, string method, scoped ViaParts via, Span<byte> buffer)
    {
        if (!via.TryFind("branch", out var branch) || !ViaHeader.IsOfRfc3261(branch))
        {
            return Encoding.UTF8.GetBytes($"{method} {LegacyBranch(request, via)}");
        }

        return Utf8.TryWrite(buffer, CultureInfo.InvariantCulture, $"{method} {branch} {via.Host}:{via.Port ?? 0}", out var written)
            ? buffer[..written]
            : Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{method} {branch} {via.Host}:{via.Port ?? 0}"));
    }

    // A peer of RFC 2543. To's tag is left out: an ACK has one that the INVITE has not. The Request-URI is that of the INVITE in both.
    private static string LegacyBranch(SipRequest request, scoped ViaParts via) =>
        string.Join('\n', request.RequestUriText, request.CallId, request.CSeq?.Number, request.From?.Tag, via.Text.ToString());
}
