using ComIm.Sip.Messages;

namespace ComIm.Server.Proxy;

/// <summary>
/// Who speaks is asserted by this server alone, in its conferences; what a user claims of it is worth nothing, wherever the request goes
/// (RFC 3325 section 5).
/// </summary>
internal static class AssertedIdentity
{
    // Of RFC 3325, its draft, which telephones show still, and Microsoft's conferences.
    private static readonly string[] Headers = ["P-Asserted-Identity", "P-Preferred-Identity", "Remote-Party-ID", "Ms-Sender"];

    /// <summary>Takes it out.</summary>
    /// <param name="request">A request that goes on, or is stored.</param>
    public static void Remove(SipRequest request)
    {
        foreach (var header in Headers)
        {
            request.Headers.Remove(header);
        }
    }
}
