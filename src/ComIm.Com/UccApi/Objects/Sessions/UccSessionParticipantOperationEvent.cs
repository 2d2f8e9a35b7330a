using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>What became of an operation at one participant; as a progress event it is its own result.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccSessionParticipantOperationEvent(IUccSessionParticipantEndpoint endpoint, UccOperationProgressEvent result)
    : DispatchObject(UccCoclasses.UccSessionParticipantOperationEvent.Dispatch), IUccSessionParticipantOperationEvent, IUccOperationProgressEvent
{
    public IUccSessionParticipantEndpoint ParticipantEndpoint => endpoint;

    public IUccOperationProgressEvent Result => result;

    public IUccOperationContext? OriginalOperationContext => result.OriginalOperationContext;

    public bool IsComplete => result.IsComplete;

    public int StatusCode => result.StatusCode;

    public string StatusText => result.StatusText;

    public IUccReadOnlyPropertyCollection Properties => result.Properties;
}
