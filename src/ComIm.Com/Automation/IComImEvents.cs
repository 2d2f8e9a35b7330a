using System.Runtime.InteropServices;

namespace ComIm.Com.Automation;

/// <summary>
/// The events of <c>ComIm.Application</c>: <c>_IComImEvents</c> of the type library. A C# sink implements this
/// interface; a COM sink is any IDispatch.
/// </summary>
[ComVisible(true)]
[Guid(ContractIds.Events)]
[InterfaceType(ComInterfaceType.InterfaceIsIDispatch)]
public interface IComImEvents
{
    /// <summary>A message has come in.</summary>
    /// <param name="message">An <see cref="IComImMessage"/>.</param>
    [DispId(1)]
    void OnMessageReceived([MarshalAs(UnmanagedType.IDispatch)] object message);

    /// <summary>The state has changed.</summary>
    /// <param name="state">The new value of <see cref="IComImApplication.State"/>.</param>
    [DispId(2)]
    void OnStateChanged(string state);

    /// <summary>There is a new conversation, ours or somebody's.</summary>
    /// <param name="conversation">An <see cref="Model.IComImConversation"/>.</param>
    [DispId(3)]
    void OnConversationAdded([MarshalAs(UnmanagedType.IDispatch)] object conversation);

    /// <summary>The state of a conversation has changed.</summary>
    /// <param name="conversation">An <see cref="Model.IComImConversation"/>.</param>
    /// <param name="state">The new one.</param>
    /// <param name="reason">Why, in a word; may be empty.</param>
    /// <param name="oldState">The old one.</param>
    [DispId(4)]
    void OnConversationStateChanged(
        [MarshalAs(UnmanagedType.IDispatch)] object conversation, string state, string reason, string oldState);

    /// <summary>Somebody takes part in a conversation now.</summary>
    /// <param name="conversation">An <see cref="Model.IComImConversation"/>.</param>
    /// <param name="participant">An <see cref="Model.IComImParticipant"/>.</param>
    [DispId(5)]
    void OnParticipantAdded(
        [MarshalAs(UnmanagedType.IDispatch)] object conversation, [MarshalAs(UnmanagedType.IDispatch)] object participant);

    /// <summary>Somebody takes part in a conversation no more.</summary>
    /// <param name="conversation">An <see cref="Model.IComImConversation"/>.</param>
    /// <param name="participant">An <see cref="Model.IComImParticipant"/>.</param>
    [DispId(6)]
    void OnParticipantRemoved(
        [MarshalAs(UnmanagedType.IDispatch)] object conversation, [MarshalAs(UnmanagedType.IDispatch)] object participant);

    /// <summary>A message of a conversation was sent or has come in.</summary>
    /// <param name="conversation">An <see cref="Model.IComImConversation"/>.</param>
    /// <param name="message">An <see cref="IComImMessage"/>.</param>
    [DispId(7)]
    void OnMessageAdded(
        [MarshalAs(UnmanagedType.IDispatch)] object conversation, [MarshalAs(UnmanagedType.IDispatch)] object message);

    /// <summary>A participant has begun or stopped typing.</summary>
    /// <param name="conversation">An <see cref="Model.IComImConversation"/>.</param>
    /// <param name="participant">An <see cref="Model.IComImParticipant"/>.</param>
    /// <param name="isTyping">Which of the two.</param>
    [DispId(8)]
    void OnTypingChanged(
        [MarshalAs(UnmanagedType.IDispatch)] object conversation, [MarshalAs(UnmanagedType.IDispatch)] object participant, bool isTyping);

    /// <summary>A message sent has got further, or has failed.</summary>
    /// <param name="conversation">An <see cref="Model.IComImConversation"/>.</param>
    /// <param name="message">An <see cref="IComImMessage"/>.</param>
    /// <param name="status">The status at the time.</param>
    [DispId(9)]
    void OnMessageStatusChanged(
        [MarshalAs(UnmanagedType.IDispatch)] object conversation, [MarshalAs(UnmanagedType.IDispatch)] object message, string status);

    /// <summary>The presence of a person that is followed has changed.</summary>
    /// <param name="person">An <see cref="Model.IComImPerson"/>.</param>
    /// <param name="status">The status at the time.</param>
    [DispId(10)]
    void OnPresenceChanged([MarshalAs(UnmanagedType.IDispatch)] object person, string status);

    /// <summary>Somebody is a contact now.</summary>
    /// <param name="person">An <see cref="Model.IComImPerson"/>.</param>
    [DispId(11)]
    void OnContactAdded([MarshalAs(UnmanagedType.IDispatch)] object person);

    /// <summary>Somebody is a contact no more.</summary>
    /// <param name="person">An <see cref="Model.IComImPerson"/>.</param>
    [DispId(12)]
    void OnContactRemoved([MarshalAs(UnmanagedType.IDispatch)] object person);
}
