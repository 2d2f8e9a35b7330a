using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>A participant stands elsewhere than before; as a progress event it also says with which status.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccSessionParticipantStateChangedEvent(
    UCC_SESSION_ENTITY_STATE oldState, UCC_SESSION_ENTITY_STATE newState, UCC_PARTICIPANT_STATE_CHANGE_REASON reason, UccOperationProgressEvent progress)
    : DispatchObject(UccCoclasses.UccSessionParticipantStateChangedEvent.Dispatch), IUccSessionParticipantStateChangedEvent, IUccOperationProgressEvent
{
    public UCC_SESSION_ENTITY_STATE OldState => oldState;

    public UCC_SESSION_ENTITY_STATE NewState => newState;

    public UCC_PARTICIPANT_STATE_CHANGE_REASON Reason => reason;

    public IUccOperationContext? OriginalOperationContext => progress.OriginalOperationContext;

    public bool IsComplete => progress.IsComplete;

    public int StatusCode => progress.StatusCode;

    public string StatusText => progress.StatusText;

    public IUccReadOnlyPropertyCollection Properties => progress.Properties;
}
