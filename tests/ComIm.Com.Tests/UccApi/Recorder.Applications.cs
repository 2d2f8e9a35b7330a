using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.Tests.UccApi;

internal sealed partial class Recorder : _IUccApplicationSessionParticipantEvents
{
    public void OnOutgoingInvitation(IUccApplicationSessionParticipant pEventSource, IUccOutgoingInvitationEvent pEventData) =>
        Record(nameof(OnOutgoingInvitation), pEventSource, pEventData);

    public void OnIncomingInvitation(IUccApplicationSessionParticipant pEventSource, IUccIncomingInvitationEvent pEventData) =>
        Record(nameof(OnIncomingInvitation), pEventSource, pEventData);

    public void OnInvitationAccepted(IUccApplicationSessionParticipant pEventSource, IUccInvitationAcceptedEvent pEventData) =>
        Record(nameof(OnInvitationAccepted), pEventSource, pEventData);

    public void OnRenegotiate(IUccApplicationSessionParticipant pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnRenegotiate), pEventSource, pEventData);
}
