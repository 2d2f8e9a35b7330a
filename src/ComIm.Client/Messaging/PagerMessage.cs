using ComIm.Client.Accounts;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Client.Messaging;

/// <summary>Messages as MESSAGE requests outside a dialog (RFC 3428).</summary>
internal static class PagerMessage
{
    /// <summary>A message that waits to be sent.</summary>
    public static ChatMessage Create(ImAccount account, string to, MessageContent content)
    {
        var now = account.Options.TimeProvider.GetUtcNow();
        return new ChatMessage(SipTokens.NewCallId(), MessageDirection.Outgoing, account.Address, to, content.ToString(), now)
        {
            Content = content,
            Status = MessageStatus.Queued,
        };
    }

    /// <summary>A request outside a dialog, without a body.</summary>
    public static SipRequest CreateEmpty(ImAccount account, SipUri to, string callId, string method = SipMethods.Message)
    {
        var request = new SipRequest(method, to);
        request.Headers.Add(HeaderId.From, new NameAddress(account.Uri, account.DisplayName).With("tag", SipTokens.NewTag()).ToString());
        request.Headers.Add(HeaderId.To, new NameAddress(to).ToString());
        request.Headers.Add(HeaderId.CallId, callId);
        request.Headers.Add(HeaderId.CSeq, new CSeq(1, method).ToString());
        return request;
    }

    public static void SetContent(SipRequest request, MessageContent content) => request.SetBody(content.ContentType, content.Bytes);
}
