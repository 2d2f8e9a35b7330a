using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>What became of an operation at one participant.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccSessionParticipantOperationEvent(UccSessionParticipantEndpoint endpoint, UccOperationProgressEvent result)
    : DispatchObject(UccCoclasses.UccSessionParticipantOperationEvent.Dispatch), IUccSessionParticipantOperationEvent
{
    public IUccSessionParticipantEndpoint ParticipantEndpoint => endpoint;

    public IUccOperationProgressEvent Result => result;
}
