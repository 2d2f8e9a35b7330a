using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>Somebody is writing, or no longer.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccInstantMessagingComposingEvent(IUccSessionParticipantEndpoint endpoint)
    : DispatchObject(UccCoclasses.UccInstantMessagingComposingEvent.Dispatch), IUccInstantMessagingComposingEvent
{
    public IUccSessionParticipantEndpoint ParticipantEndpoint => endpoint;
}
