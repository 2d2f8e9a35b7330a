using ComIm.Sip.Messages;

namespace ComIm.Sip.Dialogs;

/// <summary>An offer or an answer (RFC 3264), in whatever format the two sides use.</summary>
/// <param name="ContentType">The MIME type, <c>application/sdp</c> as a rule.</param>
/// <param name="Content">The bytes.</param>
public sealed record SessionBody(string ContentType, ReadOnlyMemory<byte> Content)
{
    /// <summary>The body of a message; null where it has none.</summary>
    /// <param name="message">The message.</param>
    public static SessionBody? Of(SipMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Body.IsEmpty
            ? null
            : new SessionBody(message.Headers.Get(HeaderId.ContentType) ?? "application/octet-stream", message.Body);
    }

    internal void WriteTo(SipMessage message) => message.SetBody(ContentType, Content);
}
