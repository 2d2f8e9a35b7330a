using System.Text;
using ComIm.Client.Accounts;
using ComIm.Sip.Bodies;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Client.Messaging;

/// <summary>Texts as MESSAGE requests outside a dialog (RFC 3428).</summary>
internal static class PagerMessage
{
    private const string PlainText = "text/plain";

    /// <summary>The types that are shown as text, and those in which it is looked for.</summary>
    public static IReadOnlyList<string> MediaTypes { get; } = [PlainText, "multipart/alternative", "multipart/mixed", "multipart/related"];

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

    /// <summary>The text of a request; null where there is none that can be shown, and why.</summary>
    public static (ChatMessage? Message, BodyRejection Rejection) Read(SipRequest request, SipUri from, string to, DateTimeOffset now)
    {
        var decoded = SipBody.Decode(request);
        var chosen = decoded.Body is { } body ? body.Select(Judge) : decoded;
        if (chosen.Body is null)
        {
            return (null, chosen.Rejection);
        }

        chosen.Body.ReadText(out var text);
        var message = new ChatMessage(request.CallId!, MessageDirection.Incoming, from.AddressOfRecord.ToString(), to, text, now)
        {
            FromDisplayName = request.From!.DisplayName,
            Status = MessageStatus.Delivered,
            StatusCode = 200,
        };
        return (message, BodyRejection.None);
    }

    private static BodyRejection Judge(SipBody body) =>
        !body.Type.Is(PlainText) ? BodyRejection.UnsupportedMediaType
        : Charsets.IsKnown(body.Type.Charset) ? BodyRejection.None : BodyRejection.UnsupportedCharset;
}
