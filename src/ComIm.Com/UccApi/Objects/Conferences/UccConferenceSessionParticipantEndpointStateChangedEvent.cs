using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>A participant's endpoint stands elsewhere in the conference than before.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccConferenceSessionParticipantEndpointStateChangedEvent(
    UCC_SESSION_ENTITY_STATE oldState, UCC_SESSION_ENTITY_STATE newState, UccOperationProgressEvent progress)
    : DispatchObject(UccCoclasses.UccConferenceSessionParticipantEndpointStateChangedEvent.Dispatch),
        IUccConferenceSessionParticipantEndpointStateChangedEvent, IUccOperationProgressEvent
{
    public UCC_SESSION_ENTITY_STATE OldState => oldState;

    public UCC_SESSION_ENTITY_STATE NewState => newState;

    public IUccOperationContext? OriginalOperationContext => progress.OriginalOperationContext;

    public bool IsComplete => progress.IsComplete;

    public int StatusCode => progress.StatusCode;

    public string StatusText => progress.StatusText;

    public IUccReadOnlyPropertyCollection Properties => progress.Properties;
}
