using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;

namespace ComIm.Com.Automation.Model;

/// <summary>A conversation with one person or with many. One that grows stays the same object.</summary>
[ComVisible(true)]
[Guid(ContractIds.ConversationInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
public interface IComImConversation
{
    /// <summary>Disconnected, Incoming, Connecting or Connected.</summary>
    [DispId(1)]
    IComImProperty State { get; }

    /// <summary>What it is about. It can be set.</summary>
    [DispId(2)]
    IComImProperty Topic { get; }

    /// <summary>The address of the room; Empty while there is none.</summary>
    [DispId(3)]
    IComImProperty Uri { get; }

    /// <summary>Whether it is, or has become, a group.</summary>
    [DispId(4)]
    IComImProperty IsGroupConversation { get; }

    /// <summary>The others. Adding an address invites the person; a conversation of two becomes a group then.</summary>
    [DispId(5)]
    IComImCollection Participants { get; }

    /// <summary>How many others there are.</summary>
    [DispId(6)]
    IComImProperty ParticipantsCount { get; }

    /// <summary>Oneself.</summary>
    [DispId(7)]
    IComImParticipant SelfParticipant { get; }

    /// <summary>The chat in it.</summary>
    [DispId(8)]
    IComImChatService ChatService { get; }

    /// <summary>What was said before.</summary>
    [DispId(9)]
    IComImHistoryService HistoryService { get; }

    /// <summary>Leaves it. The object stays, and its next message resumes it.</summary>
    [DispId(10)]
    IComImPromise Leave();

    /// <summary>Makes a participant of a person, to be given to <c>participants.add</c>.</summary>
    /// <param name="person">A SIP address or a person.</param>
    [DispId(11)]
    IComImParticipant CreateParticipant(object person);
}
