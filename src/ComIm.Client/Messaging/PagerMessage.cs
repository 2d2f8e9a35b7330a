using System.Text;
using ComIm.Client.Accounts;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Client.Messaging;

/// <summary>Texts as MESSAGE requests outside a dialog (RFC 3428).</summary>
internal static class PagerMessage
{
    private const string PlainText = "text/plain";

    /// <summary>The types that are shown as text.</summary>
    public static string Accept => PlainText;

    public static (ChatMessage Message, SipRequest Request) Create(ImAccount account, SipUri to, string text)
    {
        var request = new SipRequest(SipMethods.Message, to);
        var callId = SipTokens.NewCallId();
        request.Headers.Add(HeaderId.From, new NameAddress(account.Uri, account.DisplayName).With("tag", SipTokens.NewTag()).ToString());
        request.Headers.Add(HeaderId.To, new NameAddress(to).ToString());
        request.Headers.Add(HeaderId.CallId, callId);
        request.Headers.Add(HeaderId.CSeq, new CSeq(1, SipMethods.Message).ToString());
        request.SetBody("text/plain;charset=utf-8", Encoding.UTF8.GetBytes(text));
        var now = account.Options.TimeProvider.GetUtcNow();
        return (new ChatMessage(callId, MessageDirection.Outgoing, account.Address, to.ToString(), text, now), request);
    }

    /// <summary>The text of a request; null where its type is not one that is shown (415).</summary>
    public static ChatMessage? Read(SipRequest request, SipUri from, string to, DateTimeOffset now)
    {
        var type = request.Headers.Get(HeaderId.ContentType) ?? PlainText;
        var semicolon = type.IndexOf(';', StringComparison.Ordinal);
        var name = (semicolon < 0 ? type : type[..semicolon]).Trim();
        if (!name.Equals(PlainText, StringComparison.OrdinalIgnoreCase) || request.Headers.Contains(HeaderId.ContentEncoding))
        {
            return null;
        }

        var charset = semicolon < 0 ? null : new ParameterList(type[semicolon..]).Get("charset");
        var encoding = string.Equals(charset, "iso-8859-1", StringComparison.OrdinalIgnoreCase) ? Encoding.Latin1 : Encoding.UTF8;
        return new ChatMessage(
            request.CallId!, MessageDirection.Incoming, from.AddressOfRecord.ToString(), to, encoding.GetString(request.Body.Span), now)
        {
            FromDisplayName = request.From!.DisplayName,
            Status = MessageStatus.Delivered,
            StatusCode = 200,
        };
    }
}
