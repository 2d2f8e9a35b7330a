using System.Text;
using ComIm.Client.Messaging;
using ComIm.Com.Interop;
using ComIm.Sip.Bodies;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>Messages as the UCC API has them: a content type and a text, whatever the type.</summary>
internal static class MessageText
{
    /// <summary>Any type goes: applications carry data of their own in messages.</summary>
    /// <exception cref="HResultException">E_INVALIDARG: it is no content type.</exception>
    public static MessageContent Write(string? contentType, string? text)
    {
        if (!MediaType.TryParse(contentType, out var type))
        {
            throw new HResultException(HResults.InvalidArgument, $"'{contentType}' is not a content type such as text/plain.");
        }

        var isUnicode = type.Type != "text" || type.Charset != null;
        return MessageContent.Of(isUnicode ? contentType! : contentType + ";charset=utf-8", Encoding.UTF8.GetBytes(text ?? ""));
    }

    /// <summary>The type without its parameters: that is what applications compare.</summary>
    public static string TypeOf(MessageContent content) => content.ContentType.Split(';', 2)[0].Trim();

    public static string TextOf(MessageContent content) =>
        content.Text is { Length: > 0 } text ? text : Encoding.UTF8.GetString(content.Bytes.Span);
}
