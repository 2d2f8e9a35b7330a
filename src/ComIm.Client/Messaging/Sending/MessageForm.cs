using ComIm.Client.Messaging.Cpim;
using ComIm.Sip;

namespace ComIm.Client.Messaging.Sending;

/// <summary>How a content is put: as it is or without markup, bare or in an envelope that asks for receipts.</summary>
/// <param name="IsPlain">Whether markup is left out.</param>
/// <param name="IsWrapped">Whether it is in an envelope (RFC 3862).</param>
internal readonly record struct MessageForm(bool IsPlain, bool IsWrapped)
{
    /// <summary>What to try after a refusal, the peer's capabilities being noted; null where there is nothing else.</summary>
    /// <param name="outcome">The refusal.</param>
    /// <param name="content">The content.</param>
    /// <param name="peer">What is known of the peer.</param>
    public MessageForm? After(SipOutcome outcome, MessageContent content, PeerCapabilities peer)
    {
        if (outcome is not { Failure: null, StatusCode: 415 or 406 or 488 })
        {
            return null;
        }

        peer.Learn(outcome);

        // Where the answer does not say that the envelope is taken, it was the envelope.
        if (IsWrapped && peer.Takes(content.Type.Name) != false)
        {
            peer.Learn(CpimMessage.ContentType, false);
            return this with { IsWrapped = false };
        }

        if (content.IsHtml && !IsPlain)
        {
            peer.Learn(MessageContent.HtmlType, false);
            return this with { IsPlain = true };
        }

        return IsWrapped ? this with { IsWrapped = false } : null;
    }
}
