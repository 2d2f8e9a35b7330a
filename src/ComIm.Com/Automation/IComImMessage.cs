using System.Runtime.InteropServices;
using ComIm.Com.Automation.Model;

namespace ComIm.Com.Automation;

/// <summary>One message, sent or received. Its default member is <see cref="Text"/>.</summary>
[ComVisible(true)]
[Guid(ContractIds.MessageInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
public interface IComImMessage
{
    /// <summary>The text.</summary>
    [DispId(0)]
    string Text { get; }

    /// <summary>The sender's address.</summary>
    [DispId(1)]
    string From { get; }

    /// <summary>The recipient's address.</summary>
    [DispId(2)]
    string To { get; }

    /// <summary>Sending, Accepted, Delivered or Failed.</summary>
    [DispId(3)]
    string Status { get; }

    /// <summary>The SIP status that settled the message's fate, as 200 or 202; 0 while it is under way.</summary>
    [DispId(4)]
    int StatusCode { get; }

    /// <summary>Incoming or Outgoing.</summary>
    [DispId(5)]
    string Direction { get; }

    /// <summary>When it was sent or came in, in local time.</summary>
    [DispId(6)]
    DateTime Timestamp { get; }

    /// <summary>A name for the message that no other message has.</summary>
    [DispId(7)]
    string Id { get; }

    /// <summary>Who sent it.</summary>
    [DispId(8)]
    IComImPerson Sender { get; }

    /// <summary>TextMessage; or OtherMessage, where the content is no text.</summary>
    [DispId(9)]
    string Type { get; }

    /// <summary>The text with its markup; of a plain one made from it.</summary>
    [DispId(10)]
    string Html { get; }

    /// <summary>The MIME type of the content, as text/plain.</summary>
    [DispId(11)]
    string ContentType { get; }
}
