using System.Text;
using ComIm.Com.Interop;
using ComIm.Sip.Bodies;
using ComIm.Sip.Dialogs;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>What an application says of its session: a content type and a text, which nobody but applications reads.</summary>
internal static class SessionDescription
{
    /// <exception cref="HResultException">E_INVALIDARG: it is no content type.</exception>
    public static SessionBody Write(string? contentType, string? description) => MediaType.TryParse(contentType, out _)
        ? new SessionBody(contentType!, Encoding.UTF8.GetBytes(description ?? ""))
        : throw new HResultException(HResults.InvalidArgument, $"'{contentType}' is not a content type such as application/x-example.");

    public static string TypeOf(SessionBody? body) => body?.ContentType.Split(';', 2)[0].Trim() ?? "";

    public static string TextOf(SessionBody? body) => body == null ? "" : Encoding.UTF8.GetString(body.Content.Span);
}
