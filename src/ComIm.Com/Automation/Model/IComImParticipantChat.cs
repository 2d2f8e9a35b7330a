using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;

namespace ComIm.Com.Automation.Model;

/// <summary>The chat as far as one participant goes.</summary>
[ComVisible(true)]
[Guid(ContractIds.ParticipantChatInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
public interface IComImParticipantChat
{
    /// <summary>Disconnected, Notified, Connecting or Connected.</summary>
    [DispId(1)]
    IComImProperty State { get; }

    /// <summary>Whether the participant is typing.</summary>
    [DispId(2)]
    IComImProperty IsTyping { get; }
}
