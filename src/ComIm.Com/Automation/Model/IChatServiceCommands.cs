using System.Runtime.InteropServices;

namespace ComIm.Com.Automation.Model;

/// <summary>
/// The methods of <see cref="IComImChatService"/> as objects, for callers that read <c>chatService.accept</c> without calling it.
/// JScript does; VBScript and VBA cannot say it, and ask <c>selfParticipant.chat.state</c>.
/// </summary>
internal interface IChatServiceCommands
{
    [DispId(4)]
    ICommand Start { get; }

    [DispId(5)]
    ICommand Stop { get; }

    [DispId(6)]
    ICommand Accept { get; }

    [DispId(7)]
    ICommand Reject { get; }

    [DispId(8)]
    ICommand SendMessage { get; }
}
