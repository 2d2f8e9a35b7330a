using System.Runtime.InteropServices;
using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Endpoints;
using ComIm.Com.UccApi.Objects.Sessions;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>
/// What is said in a conference: a session of text whose context names the conference session
/// (UCCSC_ASSOCIATED_CONFERENCE_SESSION). The participant that is added stands for the room, and tells of what is said there; whoever
/// speaks becomes a participant too, and messages name it as where they come from.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccConferenceTextSession : EventSourceObject, IUccInstantMessagingSession, IUccSession, IUccSessionCallControl
{
    private const int AddParticipantEvent = 400;
    private const int RemoveParticipantEvent = 401;
    private const int TerminateEvent = 404;
    private const int SendMessageEvent = 600;
    private const int ParticipantAddedEvent = 2100;
    private const int ParticipantRemovedEvent = 2101;

    private readonly UccConferenceSession _conference;
    private readonly Lock _gate = new();
    private readonly List<ConferenceSpeaker> _speakers = [];
    private readonly ConferenceSpeaker _local;
    private readonly ConnectionPoint _sessionEvents;
    private readonly ConnectionPoint _rosterEvents;
    private readonly ConnectionPoint _messageEvents;
    private ConferenceSpeaker? _roomSpeaker;
    private Conversation? _room;
    private bool _isOver;

    public UccConferenceTextSession(UccServerEndpoint endpoint, UccConferenceSession conference, IUccContext context)
        : base(UccCoclasses.UccInstantMessagingSession.Dispatch, UccCoclasses.UccInstantMessagingSession.Sources, endpoint.Lane)
    {
        _conference = conference;
        Context = context;
        _local = new ConferenceSpeaker(this, endpoint.Uri, null, isLocal: true);
        _sessionEvents = PointFor(typeof(_IUccSessionEvents));
        _rosterEvents = PointFor(typeof(_IUccSessionParticipantCollectionEvents));
        _messageEvents = PointFor(typeof(_IUccInstantMessagingSessionEvents));
    }

    public UCC_SESSION_TYPE Type => UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING;

    public IUccContext Context { get; }

    public IUccSessionParticipant LocalParticipant => _local;

    /// <summary>The local participant, the room, and who has spoken.</summary>
    public IUccCollection Participants
    {
        get
        {
            lock (_gate)
            {
                return new UccCollection([_local, .. _speakers]);
            }
        }
    }

    /// <summary>The conference that a context of a session of text names; null where it names none.</summary>
    public static UccConferenceSession? ConferenceOf(IUccContext? context) =>
        context != null && context.IsPropertySet((int)UCC_SESSION_CONTEXT.UCCSC_ASSOCIATED_CONFERENCE_SESSION)
            ? context.get_Property((int)UCC_SESSION_CONTEXT.UCCSC_ASSOCIATED_CONFERENCE_SESSION).Value as UccConferenceSession
            : null;

    public IUccSessionParticipant CreateParticipant(IUccUri? pUri, IUccContext? pContext) => pUri == null
        ? throw new HResultException(HResults.InvalidArgument, "A participant needs a URI.")
        : new ConferenceSpeaker(this, UccUri.Parse(pUri.Value), pContext, isLocal: false);

    /// <summary>Connects with what is said in the conference. The session with the focus carries it, so nothing more is sent.</summary>
    public void AddParticipant(IUccSessionParticipant? pParticipant, IUccOperationContext? pOperationContext = null)
    {
        var room = _conference.DemandRoom();
        var participant = pParticipant as ConferenceSpeaker
            ?? throw new HResultException(UccHResults.UCC_E_ENDPOINT_INVALID_SESSION_PARTY, "The participant was made by another session.");
        lock (_gate)
        {
            if (_isOver || _room != null)
            {
                throw _isOver ? SessionObject.IsOver() : new HResultException(
                    UccHResults.UCC_E_SIP_ADDITIONAL_PARTY_IN_TWO_PARTY_SESSION, "People are added to the conference session.");
            }

            (_room, _roomSpeaker) = (room, participant);
            _speakers.Add(participant);
        }

        room.MessageAdded += OnMessageAdded;
        room.ParticipantChanged += OnParticipantChanged;
        RaiseRoster(ParticipantAddedEvent, _local);
        RaiseRoster(ParticipantAddedEvent, participant);
        participant.Enter(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED, pOperationContext);
        _sessionEvents.Raise(AddParticipantEvent, this, UccOperationProgressEvent.Success(pOperationContext));
    }

    /// <summary>Hears the conference no longer, as <see cref="Terminate"/>.</summary>
    public void RemoveParticipant(IUccSessionParticipant? pParticipant, IUccOperationContext? pOperationContext = null)
    {
        Close();
        _sessionEvents.Raise(RemoveParticipantEvent, this, UccOperationProgressEvent.Success(pOperationContext));
    }

    /// <summary>Hears the conference no longer; the conference session stays in it.</summary>
    public void Terminate(UCC_REJECT_OR_TERMINATE_REASON enTerminateReason, IUccOperationContext? pOperationContext = null)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                throw SessionObject.IsOver();
            }

            _isOver = true;
        }

        Close();
        _sessionEvents.Raise(TerminateEvent, this, UccOperationProgressEvent.Success(pOperationContext));
    }

    /// <summary>Says something to everybody; <c>OnSendMessage</c> tells what became of it.</summary>
    public void SendMessage(string? bstrContentType, string? bstrMessage, IUccOperationContext? pOperationContext = null)
    {
        var room = Demand();
        var content = MessageText.Write(bstrContentType, bstrMessage);
        UccConferenceSession.Run(room.SendAsync(content), pOperationContext, result =>
            _messageEvents.Raise(SendMessageEvent, this, new UccSessionOperationEvent(pOperationContext, Room.Own, result)));
    }

    public void StartComposing(IUccContext? pComposingContext) => _ = Demand().SendTypingAsync(true);

    public void StopComposing(IUccContext? pComposingContext) => _ = Demand().SendTypingAsync(false);

    public void Alternate(IUccSession? pActiveSession, IUccOperationContext? pOperationContext = null) => throw SessionObject.NoTransfer();

    public void BlindTransfer(IUccUri? pUri, IUccOperationContext? pOperationContext = null) => throw SessionObject.NoTransfer();

    public void ConsultativeTransfer(IUccSession? pActiveSession, IUccOperationContext? pOperationContext = null) => throw SessionObject.NoTransfer();

    /// <summary>The participant that stands for the room. It is there before anything can be heard, and stays when the session is over.</summary>
    private ConferenceSpeaker Room => Volatile.Read(ref _roomSpeaker)!;

    private void OnMessageAdded(object? sender, MessageReceivedEventArgs e)
    {
        if (e.Message.Direction == MessageDirection.Incoming)
        {
            Room.OnMessage(SpeakerOf(e.Message.From), e.Message);
        }
    }

    private void OnParticipantChanged(object? sender, Client.Conferencing.ParticipantEventArgs e)
    {
        // Who has another role or comes and goes has not spoken: the conference session tells of that.
        if (!e.Participant.IsSelf && (e.Participant.IsTyping || Find(e.Participant.Address) != null))
        {
            Room.OnTyping(SpeakerOf(e.Participant.Address), e.Participant.IsTyping);
        }
    }

    private ConferenceSpeaker? Find(string uri)
    {
        lock (_gate)
        {
            return _speakers.Find(s => s.Uri.Value == uri);
        }
    }

    private ConferenceSpeaker SpeakerOf(string uri)
    {
        ConferenceSpeaker speaker;
        lock (_gate)
        {
            if (Find(uri) is { } known)
            {
                return known;
            }

            _speakers.Add(speaker = new ConferenceSpeaker(this, UccUri.Parse(uri), null, isLocal: false));
        }

        RaiseRoster(ParticipantAddedEvent, speaker);
        speaker.Enter(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED, null);
        return speaker;
    }

    private void Close()
    {
        Conversation? room;
        ConferenceSpeaker[] speakers;
        lock (_gate)
        {
            (room, _room) = (_room, null);
            speakers = [.. _speakers];
            _speakers.Clear();
        }

        if (room != null)
        {
            room.MessageAdded -= OnMessageAdded;
            room.ParticipantChanged -= OnParticipantChanged;
        }

        foreach (var speaker in speakers)
        {
            speaker.Enter(UCC_SESSION_ENTITY_STATE.UCCSES_DISCONNECTED, null);
            RaiseRoster(ParticipantRemovedEvent, speaker);
        }
    }

    private Conversation Demand()
    {
        _conference.Endpoint.DemandAccount();
        lock (_gate)
        {
            return _room ?? throw new HResultException(UccHResults.UCC_E_INVALID_SESSION_STATE, "Nobody is in the session. Add a participant first.");
        }
    }

    private void RaiseRoster(int dispId, ConferenceSpeaker speaker) =>
        _rosterEvents.Raise(dispId, this, new UccSessionParticipantCollectionEvent(speaker));
}
