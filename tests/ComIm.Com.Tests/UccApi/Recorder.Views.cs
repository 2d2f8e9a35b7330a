using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.Tests.UccApi;

internal sealed partial class Recorder :
    _IUccConferenceEntityViewCollectionEvents, _IUccConferenceEntityViewEvents, _IUccConferenceSessionParticipantEndpointEvents, _IUccOperationManagerEvents
{
    public void OnEntityViewAdded(IUccConferenceView pConfInfo, IUccConferenceEntityViewCollectionEvent pEntity) =>
        Record(nameof(OnEntityViewAdded), pConfInfo, pEntity);

    public void OnEntityViewRemoved(IUccConferenceView pConfInfo, IUccConferenceEntityViewCollectionEvent pEntity) =>
        Record(nameof(OnEntityViewRemoved), pConfInfo, pEntity);

    public void OnPropertyUpdated(IUccConferenceEntityView pEventSource, IUccPropertyUpdateEvent pEventData) =>
        Record(nameof(OnPropertyUpdated), pEventSource, pEventData);

    public void OnUpdateChannels(IUccConferenceSessionParticipantEndpoint pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnUpdateChannels), pEventSource, pEventData);

    public void OnStateChanged(
        IUccConferenceSessionParticipantEndpoint pEventSource, IUccConferenceSessionParticipantEndpointStateChangedEvent pEventData) =>
        Record(nameof(OnStateChanged), pEventSource, pEventData);

    public void OnPropertyUpdated(IUccConferenceSessionParticipantEndpoint pEventSource, IUccPropertyUpdateEvent pEventData) =>
        Record(nameof(OnPropertyUpdated), pEventSource, pEventData);

    public void OnSetProperty(IUccConferenceSessionParticipantEndpoint pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnSetProperty), pEventSource, pEventData);

    public void OnCancelOperation(object pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnCancelOperation), pEventSource, pEventData);
}
