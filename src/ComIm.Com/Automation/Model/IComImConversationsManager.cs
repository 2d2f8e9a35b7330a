using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;

namespace ComIm.Com.Automation.Model;

/// <summary>The conversations of one application.</summary>
[ComVisible(true)]
[Guid(ContractIds.ConversationsManagerInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
public interface IComImConversationsManager
{
    /// <summary>
    /// Every conversation since sign-in, ours and those of others; one that has ended stays and can be resumed. What is removed is
    /// left first.
    /// </summary>
    [DispId(1)]
    IComImCollection Conversations { get; }

    /// <summary>Finds the conversation with one person, or begins one. Nothing is sent yet.</summary>
    /// <param name="person">A SIP address, or a person or participant.</param>
    [DispId(2)]
    IComImConversation GetConversation(object person);

    /// <summary>Makes a conversation that is a group from the start; participants are added to it.</summary>
    [DispId(3)]
    IComImConversation CreateConversation();

    /// <summary>
    /// Whether conversations of others are accepted at once; True unless set. Where it is False each waits, Notified, for
    /// <c>chatService.accept</c> or <c>reject</c>. It counts from the next sign-in on.
    /// </summary>
    [DispId(4)]
    bool AutoAccept { get; set; }

    /// <summary>
    /// Whether what is written is kept in <see cref="IComImApplication.DataDirectory"/> for the <c>historyService</c> of later runs;
    /// False unless set. It counts from the next sign-in on.
    /// </summary>
    [DispId(5)]
    bool IsHistoryEnabled { get; set; }
}
