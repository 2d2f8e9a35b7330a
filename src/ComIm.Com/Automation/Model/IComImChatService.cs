using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;

namespace ComIm.Com.Automation.Model;

/// <summary>The chat of a conversation. Late bound, <c>accept.enabled</c> and its like say whether a method makes sense now.</summary>
[ComVisible(true)]
[Guid(ContractIds.ChatServiceInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
public interface IComImChatService
{
    /// <summary>Disconnected, Notified (somebody asks), Connecting or Connected.</summary>
    [DispId(1)]
    IComImProperty State { get; }

    /// <summary>The messages of both directions, the newest <see cref="ChatServiceObject.MessageCapacity"/> of them.</summary>
    [DispId(2)]
    IComImCollection Messages { get; }

    /// <summary>The formats that <see cref="SendMessage"/> takes.</summary>
    [DispId(3)]
    IComImCollection SupportedMessageFormats { get; }

    /// <summary>Invites the others.</summary>
    /// <returns>A promise, kept when the chat is connected.</returns>
    [DispId(4)]
    IComImPromise Start();

    /// <summary>Leaves the chat.</summary>
    [DispId(5)]
    IComImPromise Stop();

    /// <summary>Accepts somebody's invitation.</summary>
    [DispId(6)]
    IComImPromise Accept();

    /// <summary>Rejects somebody's invitation.</summary>
    [DispId(7)]
    IComImPromise Reject();

    /// <summary>Sends a message; connects or resumes the chat where needed.</summary>
    /// <param name="text">The text.</param>
    /// <param name="format">Text or Html.</param>
    /// <returns>A promise of the message, kept when it has been taken.</returns>
    [DispId(8)]
    IComImPromise SendMessage(string text, string format = "Text");

    /// <summary>Says that the user is typing; to be called at every key. It wears off by itself.</summary>
    [DispId(9)]
    IComImPromise SendIsTyping();
}
