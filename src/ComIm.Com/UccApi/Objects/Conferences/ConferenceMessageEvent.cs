using System.Runtime.InteropServices;
using ComIm.Client.Messaging;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Sessions;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>Somebody has said something in a conference. The focus has been answered: nobody can refuse what is said to all.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class ConferenceMessageEvent(ConferenceSpeakerEndpoint sender, ChatMessage message)
    : DispatchObject(UccCoclasses.UccIncomingInstantMessageEvent.Dispatch), IUccIncomingInstantMessageEvent
{
    public IUccContext Context { get; } = new UccContext();

    public IUccSessionParticipantEndpoint ParticipantEndpoint => sender;

    public string ContentType => MessageText.TypeOf(message.Content);

    public string Content => MessageText.TextOf(message.Content);

    /// <summary>True: it is for everybody in the conference.</summary>
    public bool IsBroadcast() => true;

    public void Accept()
    {
    }

    /// <exception cref="HResultException">UCC_E_INVALID_SESSION_STATE: it was accepted.</exception>
    public void Reject(UCC_REJECT_OR_TERMINATE_REASON enReason) =>
        throw new HResultException(UccHResults.UCC_E_INVALID_SESSION_STATE, "The message was accepted before.");
}
