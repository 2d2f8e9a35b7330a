using System.Runtime.InteropServices;
using ComIm.Client.Messaging;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Sessions;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>Somebody in the session of text of a conference, or the room itself.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class ConferenceSpeaker : EventSourceObject, IUccInstantMessagingSessionParticipant, IUccSessionParticipant, IUccSignalingChannel
{
    private const int StateChangedEvent = 500;
    private const int MessageReceivedEvent = 700;
    private const int ComposingEvent = 701;
    private const int IdleEvent = 702;

    private readonly IUccSession _session;
    private readonly ConnectionPoint _events;
    private readonly ConnectionPoint _messageEvents;

    public ConferenceSpeaker(UccConferenceTextSession session, IUccUri uri, IUccContext? context, bool isLocal)
        : base(UccCoclasses.UccInstantMessagingSessionParticipant.Dispatch, UccCoclasses.UccInstantMessagingSessionParticipant.Sources, session.Lane)
    {
        _session = session;
        Uri = uri;
        Context = context ?? new UccContext();
        IsLocal = isLocal;
        State = isLocal ? UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED : UCC_SESSION_ENTITY_STATE.UCCSES_IDLE;
        Own = new ConferenceSpeakerEndpoint(this);
        _events = PointFor(typeof(_IUccSessionParticipantEvents));
        _messageEvents = PointFor(typeof(_IUccInstantMessagingSessionParticipantEvents));
    }

    public IUccContext Context { get; }

    public UCC_SESSION_ENTITY_STATE State { get; private set; }

    public IUccUri Uri { get; }

    public IUccSession Session => _session;

    public bool IsLocal { get; }

    public IUccCollection Endpoints => new UccCollection([Own]);

    public bool IsComposing { get; private set; }

    /// <summary>What is being written; empty where nothing is.</summary>
    public string ComposingContentType => IsComposing ? "text/plain" : "";

    /// <summary>The one endpoint there is.</summary>
    internal ConferenceSpeakerEndpoint Own { get; }

    public IUccSessionParticipantEndpoint CreateParticipantEndpoint(IUccUri? pUri, string? bstrEndpointId, IUccContext? pContext) => throw NoEndpoints();

    public IUccSessionParticipantEndpoint CopyParticipantEndpoint(IUccSessionParticipantEndpoint? pInputParticipantEndpoint, IUccContext? pContext) =>
        throw NoEndpoints();

    public void AddParticipantEndpoint(IUccSessionParticipantEndpoint? pParticipantEndpoint, IUccOperationContext? pOperationContext = null) =>
        throw NoEndpoints();

    public void RemoveParticipantEndpoint(IUccSessionParticipantEndpoint? pParticipantEndpoint, IUccOperationContext? pOperationContext = null) =>
        throw NoEndpoints();

    /// <exception cref="HResultException">UCC_E_NOT_ALLOWED: a focus passes nothing on but messages.</exception>
    public void SendRequest(IUccSignalingRequest? pRequest, IUccOperationContext? pOpContext = null) =>
        throw new HResultException(UccHResults.UCC_E_NOT_ALLOWED, "Requests go to a person: use CreateSignalingChannel of the endpoint.");

    internal void Enter(UCC_SESSION_ENTITY_STATE state, IUccOperationContext? operation)
    {
        var old = State;
        State = state;
        _events.Raise(StateChangedEvent, this, new UccSessionParticipantStateChangedEvent(
            old, state, UCC_PARTICIPANT_STATE_CHANGE_REASON.UCCPSCR_NORMAL, UccOperationProgressEvent.Success(operation)));
    }

    /// <summary>Tells of a message. The room tells, so that what a newcomer says first is heard by who has not listened to them yet.</summary>
    internal void OnMessage(ConferenceSpeaker speaker, ChatMessage message)
    {
        speaker.IsComposing = false;
        _messageEvents.Raise(MessageReceivedEvent, this, new ConferenceMessageEvent(speaker.Own, message));
    }

    internal void OnTyping(ConferenceSpeaker speaker, bool isTyping)
    {
        if (speaker.IsComposing != isTyping)
        {
            speaker.IsComposing = isTyping;
            _messageEvents.Raise(isTyping ? ComposingEvent : IdleEvent, this, new UccInstantMessagingComposingEvent(speaker.Own));
        }
    }

    private static HResultException NoEndpoints() =>
        new(UccHResults.UCC_E_NOT_ALLOWED, "People are in a conference with the devices that they choose.");
}
