using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>What became of an operation, one result for each participant that it was for.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccSessionOperationEvent(
    IUccOperationContext? operation, IUccSessionParticipantEndpoint endpoint, UccOperationProgressEvent result)
    : DispatchObject(UccCoclasses.UccSessionOperationEvent.Dispatch), IUccSessionOperationEvent
{
    public IUccOperationContext? OriginalOperationContext => operation;

    public IUccCollection ParticipantResults { get; } = new UccCollection([new UccSessionParticipantOperationEvent(endpoint, result)]);
}
