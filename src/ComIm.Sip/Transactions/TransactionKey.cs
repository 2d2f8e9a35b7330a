using ComIm.Sip.Messages;

namespace ComIm.Sip.Transactions;

/// <summary>
/// What tells one request that came in from another (RFC 3261 section 17.2.3): method, branch and sent-by, written as one text
/// that a retransmission is found by without allocating.
/// </summary>
internal static class TransactionKey
{
    /// <summary>Writes the key of a request.</summary>
    /// <param name="request">The request; an ACK belongs to its INVITE.</param>
    /// <param name="via">Its topmost Via.</param>
    /// <param name="buffer">Where the key is written, where it fits there.</param>
    public static ReadOnlySpan<char> Of(SipRequest request, scoped ViaParts via, Span<char> buffer) =>
        Of(request, request.Method == SipMethods.Ack ? SipMethods.Invite : request.Method, via, buffer);

    /// <summary>Writes the key of the INVITE that a CANCEL takes back (RFC 3261 section 9.2).</summary>
    public static ReadOnlySpan<char> OfInvite(SipRequest cancel, scoped ViaParts via, Span<char> buffer) =>
        Of(cancel, SipMethods.Invite, via, buffer);

    private static ReadOnlySpan<char> Of(SipRequest request, string method, scoped ViaParts via, Span<char> buffer)
    {
        if (!via.TryFind("branch", out var branch) || !ViaHeader.IsOfRfc3261(branch))
        {
            return $"{method} {LegacyBranch(request, via)}";
        }

        return buffer.TryWrite($"{method} {branch} {via.Host}:{via.Port ?? 0}", out var written)
            ? buffer[..written]
            : $"{method} {branch} {via.Host}:{via.Port ?? 0}";
    }

    // A peer of RFC 2543. To's tag is left out: an ACK has one that the INVITE has not. The Request-URI is that of the INVITE in both.
    private static string LegacyBranch(SipRequest request, scoped ViaParts via) =>
        string.Join('\n', request.RequestUriText, request.CallId, request.CSeq?.Number, request.From?.Tag, via.Text.ToString());
}
