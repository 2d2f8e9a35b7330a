using ComIm.Sip.Messages;

namespace ComIm.Sip.Dialogs;

/// <summary>What tells one dialog from another (RFC 3261 section 12).</summary>
/// <param name="CallId">The Call-ID.</param>
/// <param name="LocalTag">Our tag.</param>
/// <param name="RemoteTag">The peer's tag; empty for a peer of RFC 2543, which has none.</param>
public readonly record struct DialogId(string CallId, string LocalTag, string RemoteTag)
{
    /// <summary>The dialog a request that came in belongs to; null where its To has no tag, since it is outside any.</summary>
    /// <param name="request">The request.</param>
    public static DialogId? OfRequest(SipRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.To?.Tag is { } local ? new DialogId(request.CallId!, local, request.From?.Tag ?? string.Empty) : null;
    }
}
