using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.Tests.UccApi;

internal sealed partial class Recorder : _IUccConferenceManagerSessionEvents, _IUccConferenceSessionEvents, _IUccConferenceSessionParticipantEvents
{
    public void OnScheduleConference(IUccConferenceManagerSession pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnScheduleConference), pEventSource, pEventData);

    public void OnGetConference(IUccConferenceManagerSession pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnGetConference), pEventSource, pEventData);

    public void OnGetConferenceList(IUccConferenceManagerSession pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnGetConferenceList), pEventSource, pEventData);

    public void OnModifyConference(IUccConferenceManagerSession pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnModifyConference), pEventSource, pEventData);

    public void OnDeleteConference(IUccConferenceManagerSession pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnDeleteConference), pEventSource, pEventData);

    public void OnGetAvailableMcuList(IUccConferenceManagerSession pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnGetAvailableMcuList), pEventSource, pEventData);

    public void OnEnter(IUccConferenceSession pEventSource, IUccOperationProgressEvent pEventData) => Record(nameof(OnEnter), pEventSource, pEventData);

    public void OnLeave(IUccConferenceSession pEventSource, IUccOperationProgressEvent pEventData) => Record(nameof(OnLeave), pEventSource, pEventData);

    public void OnSetProperty(IUccConferenceSession pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnSetProperty), pEventSource, pEventData);

    public void OnPropertyUpdated(IUccConferenceSession pEventSource, IUccPropertyUpdateEvent pEventData) =>
        Record(nameof(OnPropertyUpdated), pEventSource, pEventData);

    public void OnSetProperty(IUccConferenceSessionParticipant pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnSetProperty), pEventSource, pEventData);

    public void OnPropertyUpdated(IUccConferenceSessionParticipant pEventSource, IUccPropertyUpdateEvent pEventeData) =>
        Record(nameof(OnPropertyUpdated), pEventSource, pEventeData);

    public void OnAddEndpoint(IUccConferenceSessionParticipant pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnAddEndpoint), pEventSource, pEventData);

    public void OnRemoveEndpoint(IUccConferenceSessionParticipant pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnRemoveEndpoint), pEventSource, pEventData);
}
