using System.Net;
using System.Runtime.InteropServices;
using ComIm.Client.Messaging;
using ComIm.Com.Automation.Model;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation;

/// <summary>A <see cref="ChatMessage"/> as scripts see it.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImMessage))]
internal sealed class Message(ChatMessage message, PersonObject sender) : DispatchObject, IComImMessage
{
    public string Text => message.Text;

    public string From => message.From;

    public string To => message.To;

    public string Status => message.Status.ToString();

    public int StatusCode => message.StatusCode;

    public string Direction => message.Direction.ToString();

    public DateTime Timestamp => message.Timestamp.LocalDateTime;

    public string Id => message.Id;

    public IComImPerson Sender => sender;

    public string Type => message.ContentType.StartsWith("text/", StringComparison.Ordinal) ? "TextMessage" : "OtherMessage";

    public string Html => message.Content.IsHtml ? message.Content.Text : WebUtility.HtmlEncode(message.Text);

    public string ContentType => message.ContentType;
}
