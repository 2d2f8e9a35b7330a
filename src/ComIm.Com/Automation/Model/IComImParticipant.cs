using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;

namespace ComIm.Com.Automation.Model;

/// <summary>Somebody in a conversation.</summary>
[ComVisible(true)]
[Guid(ContractIds.ParticipantInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
public interface IComImParticipant
{
    /// <summary>Who it is.</summary>
    [DispId(1)]
    IComImPerson Person { get; }

    /// <summary>The SIP address.</summary>
    [DispId(2)]
    IComImProperty Uri { get; }

    /// <summary>The name.</summary>
    [DispId(3)]
    IComImProperty DisplayName { get; }

    /// <summary>Disconnected, Connecting or Connected. Who has left a conversation of two stays in it, Disconnected.</summary>
    [DispId(4)]
    IComImProperty State { get; }

    /// <summary>Leader or Attendee. A leader may set it.</summary>
    [DispId(5)]
    IComImProperty Role { get; }

    /// <summary>The chat as far as this participant goes.</summary>
    [DispId(6)]
    IComImParticipantChat Chat { get; }
}
