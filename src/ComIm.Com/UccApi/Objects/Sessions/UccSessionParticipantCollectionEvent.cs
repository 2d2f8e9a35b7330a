using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>A participant has come to a session, or has left it. The context is the one that the participant was made with.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccSessionParticipantCollectionEvent(IUccSessionParticipant participant)
    : DispatchObject(UccCoclasses.UccSessionParticipantCollectionEvent.Dispatch), IUccSessionParticipantCollectionEvent
{
    public IUccSessionParticipant Participant => participant;

    public IUccContext Context => participant.Context;
}
