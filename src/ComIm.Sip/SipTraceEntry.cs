using System.Net;
using System.Text;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Sip;

/// <summary>One message on the wire.</summary>
/// <param name="Time">When.</param>
/// <param name="Sent">True for sent, false for received.</param>
/// <param name="Local">Our address.</param>
/// <param name="Remote">The peer's address.</param>
/// <param name="Transport">Over what.</param>
/// <param name="Message">The message. Its credentials are not blanked; <see cref="Text"/>'s are.</param>
public sealed record SipTraceEntry(
    DateTimeOffset Time, bool Sent, IPEndPoint Local, IPEndPoint Remote, SipTransportKind Transport, SipMessage Message)
{
    /// <summary>The start line without the version: <c>MESSAGE sip:bob@example.com</c> or <c>200 OK</c>.</summary>
    public string Summary => Message is SipRequest request
        ? $"{request.Method} {request.RequestUriText}"
        : $"{((SipResponse)Message).StatusCode} {((SipResponse)Message).ReasonPhrase}";

    /// <summary>The message as text. What proves a password is replaced by asterisks.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder(Summary).Append('\n');
            foreach (var header in Message.Headers)
            {
                var secret = header.Id is HeaderId.Authorization or HeaderId.ProxyAuthorization or HeaderId.AuthenticationInfo;
                text.Append(header.Name).Append(": ").Append(secret ? "***" : header.Value).Append('\n');
            }

            return text.Append('\n').Append(Message.BodyText).ToString();
        }
    }
}
