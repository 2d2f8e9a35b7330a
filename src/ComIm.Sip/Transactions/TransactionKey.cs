using ComIm.Sip.Messages;

namespace ComIm.Sip.Transactions;

/// <summary>What tells one request that came in from another.</summary>
/// <param name="Branch">The topmost Via's branch; for RFC 2543 peers a text made of the fields that stand in for it.</param>
/// <param name="SentBy">The Via's sent-by, since two peers may choose the same branch.</param>
/// <param name="Method">The method; an ACK belongs to its INVITE (RFC 3261 section 17.2.3).</param>
internal readonly record struct TransactionKey(string Branch, HostPort SentBy, string Method)
{
    /// <summary>The server transaction a request belongs to (RFC 3261 section 17.2.3).</summary>
    public static TransactionKey OfRequest(SipRequest request, scoped ViaParts via)
    {
        var method = request.Method == SipMethods.Ack ? SipMethods.Invite : request.Method;
        return via.TryFind("branch", out var branch) && ViaHeader.IsOfRfc3261(branch)
            ? new TransactionKey(branch.ToString(), new HostPort(via.Host.ToString(), via.Port), method)
            : new TransactionKey(LegacyBranch(request, via), default, method);
    }

    // To's tag is left out: an ACK has one that the INVITE has not. The Request-URI is that of the INVITE in both.
    private static string LegacyBranch(SipRequest request, scoped ViaParts via) =>
        string.Join('\n', request.RequestUriText, request.CallId, request.CSeq?.Number, request.From?.Tag, via.Text.ToString());
}
