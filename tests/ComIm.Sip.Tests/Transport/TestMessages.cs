using System.Text;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Tests.Transport;

/// <summary>Messages that say no more than their place in a test.</summary>
internal static class TestMessages
{
    public static SipRequest Message(string callId, string text = "hello", string uri = "sip:bob@example.com")
    {
        var request = new SipRequest(SipMethods.Message, SipUri.Parse(uri));
        request.Headers.Add(HeaderId.From, "<sip:alice@example.com>;tag=" + SipTokens.NewTag());
        request.Headers.Add(HeaderId.To, "<sip:bob@example.com>");
        request.Headers.Add(HeaderId.CallId, callId);
        request.Headers.Add(HeaderId.CSeq, "1 MESSAGE");
        request.SetBody("text/plain;charset=utf-8", Encoding.UTF8.GetBytes(text));
        return request;
    }

    /// <summary>As bytes, with a Via of its own.</summary>
    public static byte[] Bytes(string callId, string text = "hello", string via = "SIP/2.0/TCP client.example.com;branch=z9hG4bKone;rport")
    {
        var request = Message(callId, text);
        request.Headers.AddFirst(HeaderId.Via, via);
        return request.ToBytes();
    }
}
