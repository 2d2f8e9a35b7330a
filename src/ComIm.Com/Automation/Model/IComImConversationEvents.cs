using System.Runtime.InteropServices;

namespace ComIm.Com.Automation.Model;

/// <summary>
/// The events of one conversation, <c>_IComImConversationEvents</c> of the type library, for hosts that sink events.
/// </summary>
[ComVisible(true)]
[Guid(ContractIds.ConversationEvents)]
[InterfaceType(ComInterfaceType.InterfaceIsIDispatch)]
public interface IComImConversationEvents
{
    /// <summary>A message was sent or has come in.</summary>
    /// <param name="message">An <see cref="IComImMessage"/>.</param>
    [DispId(1)]
    void OnMessageAdded([MarshalAs(UnmanagedType.IDispatch)] object message);

    /// <summary>The state has changed.</summary>
    /// <param name="state">The new one.</param>
    /// <param name="reason">Why, in a word; may be empty.</param>
    /// <param name="oldState">The old one.</param>
    [DispId(2)]
    void OnStateChanged(string state, string reason, string oldState);

    /// <summary>Somebody takes part now.</summary>
    /// <param name="participant">An <see cref="IComImParticipant"/>.</param>
    [DispId(3)]
    void OnParticipantAdded([MarshalAs(UnmanagedType.IDispatch)] object participant);

    /// <summary>Somebody takes part no more.</summary>
    /// <param name="participant">An <see cref="IComImParticipant"/>.</param>
    [DispId(4)]
    void OnParticipantRemoved([MarshalAs(UnmanagedType.IDispatch)] object participant);

    /// <summary>A participant's state has changed.</summary>
    /// <param name="participant">An <see cref="IComImParticipant"/>.</param>
    /// <param name="state">The new one.</param>
    [DispId(5)]
    void OnParticipantStateChanged([MarshalAs(UnmanagedType.IDispatch)] object participant, string state);

    /// <summary>A participant has begun or stopped typing.</summary>
    /// <param name="participant">An <see cref="IComImParticipant"/>.</param>
    /// <param name="isTyping">Which of the two.</param>
    [DispId(6)]
    void OnTypingChanged([MarshalAs(UnmanagedType.IDispatch)] object participant, bool isTyping);

    /// <summary>A message sent has got further, or has failed.</summary>
    /// <param name="message">An <see cref="IComImMessage"/>.</param>
    /// <param name="status">The status at the time.</param>
    [DispId(7)]
    void OnMessageStatusChanged([MarshalAs(UnmanagedType.IDispatch)] object message, string status);
}
