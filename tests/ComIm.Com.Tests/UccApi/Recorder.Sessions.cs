using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.Tests.UccApi;

internal sealed partial class Recorder :
    _IUccSessionManagerEvents, _IUccSessionEvents, _IUccSessionParticipantCollectionEvents, _IUccSessionParticipantEvents,
    _IUccSessionParticipantEndpointCollectionEvents, _IUccInstantMessagingSessionEvents, _IUccInstantMessagingSessionParticipantEvents
{
    /// <summary>Listens to everything that a session of text and its remote participants tell.</summary>
    public void AdviseAll(IUccSession session)
    {
        Advise<_IUccSessionEvents>(session);
        Advise<_IUccSessionParticipantCollectionEvents>(session);
        Advise<_IUccInstantMessagingSessionEvents>(session);
        foreach (IUccSessionParticipant participant in session.Participants)
        {
            if (!participant.IsLocal)
            {
                AdviseAll(participant);
            }
        }
    }

    /// <summary>Listens to everything that a participant of a session of text tells.</summary>
    public void AdviseAll(IUccSessionParticipant participant)
    {
        Advise<_IUccSessionParticipantEvents>(participant);
        Advise<_IUccSessionParticipantEndpointCollectionEvents>(participant);
        Advise<_IUccInstantMessagingSessionParticipantEvents>(participant);
    }

    /// <summary>The next event, which is a participant's change from one state to another.</summary>
    public RecordedEvent TakeState(UCC_SESSION_ENTITY_STATE from, UCC_SESSION_ENTITY_STATE to)
    {
        var taken = Take("OnStateChanged");
        var data = taken.As<IUccSessionParticipantStateChangedEvent>();
        Assert.Equal((from, to), (data.OldState, data.NewState));
        return taken;
    }

    /// <summary>The next event, which is the result of a message.</summary>
    public IUccOperationProgressEvent TakeSent(int statusCode)
    {
        var results = Take("OnSendMessage").As<IUccSessionOperationEvent>().ParticipantResults;
        Assert.Equal(1, results.Count);
        var result = ((IUccSessionParticipantOperationEvent)results[1]).Result;
        Assert.True(result.IsComplete);
        Assert.Equal($"0x{statusCode:X8}", $"0x{result.StatusCode:X8}");
        return result;
    }

    /// <summary>The next event, which is a message with this text.</summary>
    public RecordedEvent TakeMessage(string text)
    {
        var taken = Take("OnInstantMessageReceived");
        Assert.Equal(text, taken.As<IUccIncomingInstantMessageEvent>().Content);
        return taken;
    }

    public void OnIncomingSession(IUccEndpoint pEventSource, IUccIncomingSessionEvent pEventData) =>
        Record(nameof(OnIncomingSession), pEventSource, pEventData);

    public void OnOutgoingSession(IUccEndpoint pEventSource, IUccOutgoingSessionEvent pEventData) =>
        Record(nameof(OnOutgoingSession), pEventSource, pEventData);

    public void OnAddParticipant(IUccSession pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnAddParticipant), pEventSource, pEventData);

    public void OnRemoveParticipant(IUccSession pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnRemoveParticipant), pEventSource, pEventData);

    public void OnTerminate(IUccSession pEventSource, IUccOperationProgressEvent pEventData) => Record(nameof(OnTerminate), pEventSource, pEventData);

    public void OnParticipantAdded(IUccSession pEventSource, IUccSessionParticipantCollectionEvent pEventData) =>
        Record(nameof(OnParticipantAdded), pEventSource, pEventData);

    public void OnParticipantRemoved(IUccSession pEventSource, IUccSessionParticipantCollectionEvent pEventData) =>
        Record(nameof(OnParticipantRemoved), pEventSource, pEventData);

    public void OnStateChanged(IUccSessionParticipant pEventSource, IUccSessionParticipantStateChangedEvent pEventData) =>
        Record(nameof(OnStateChanged), pEventSource, pEventData);

    public void OnAddParticipantEndpoint(IUccSessionParticipant pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnAddParticipantEndpoint), pEventSource, pEventData);

    public void OnRemoveParticipantEndpoint(IUccSessionParticipant pEventSource, IUccOperationProgressEvent pEventData) =>
        Record(nameof(OnRemoveParticipantEndpoint), pEventSource, pEventData);

    public void OnEndpointAdded(IUccSessionParticipant pEventSource, IUccSessionParticipantEndpointCollectionEvent pEventData) =>
        Record(nameof(OnEndpointAdded), pEventSource, pEventData);

    public void OnEndpointRemoved(IUccSessionParticipant pEventSource, IUccSessionParticipantEndpointCollectionEvent pEventData) =>
        Record(nameof(OnEndpointRemoved), pEventSource, pEventData);

    public void OnSendMessage(IUccInstantMessagingSession pEventSource, IUccSessionOperationEvent pEventData) =>
        Record(nameof(OnSendMessage), pEventSource, pEventData);

    public void OnInstantMessageReceived(IUccInstantMessagingSessionParticipant pEventSource, IUccIncomingInstantMessageEvent pEventData) =>
        Record(nameof(OnInstantMessageReceived), pEventSource, pEventData);

    public void OnComposing(IUccInstantMessagingSessionParticipant pEventSource, IUccInstantMessagingComposingEvent pEventData) =>
        Record(nameof(OnComposing), pEventSource, pEventData);

    public void OnIdle(IUccInstantMessagingSessionParticipant pEventSource, IUccInstantMessagingComposingEvent pEventData) =>
        Record(nameof(OnIdle), pEventSource, pEventData);
}
