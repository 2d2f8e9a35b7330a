using System.Runtime.InteropServices;
using ComIm.Client.Conferencing;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Sessions;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>Somebody in a conference, as its roster has them.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccConferenceSessionParticipant : EventSourceObject, IUccConferenceSessionParticipant, IUccSessionParticipant
{
    private const int StateChangedEvent = 500;
    private const int SetPropertyEvent = 1700;
    private const int PropertyUpdatedEvent = 1701;

    private readonly UccConferenceSession _session;
    private readonly UccConferenceSessionParticipantEndpoint _own;
    private readonly ConnectionPoint _events;
    private readonly ConnectionPoint _stateEvents;
    private UCC_SESSION_ENTITY_STATE _state = UCC_SESSION_ENTITY_STATE.UCCSES_IDLE;
    private UCC_CONFERENCE_PARTICIPANT_ROLE _role = UCC_CONFERENCE_PARTICIPANT_ROLE.UCCCPR_PARTICIPANT;
    private string _displayName = "";

    public UccConferenceSessionParticipant(UccConferenceSession session, IUccUri uri, IUccContext? context, bool isLocal)
        : base(UccCoclasses.UccConferenceSessionParticipant.Dispatch, UccCoclasses.UccConferenceSessionParticipant.Sources, session.Lane)
    {
        _session = session;
        Uri = uri;
        Context = context ?? new UccContext();
        IsLocal = isLocal;
        _own = new UccConferenceSessionParticipantEndpoint(this, uri, "", UCC_CONFERENCE_ENTITY_TYPE.UCCCET_INSTANT_MESSAGING);
        _events = PointFor(typeof(_IUccConferenceSessionParticipantEvents));
        _stateEvents = PointFor(typeof(_IUccSessionParticipantEvents));
    }

    public IUccContext Context { get; }

    public UCC_SESSION_ENTITY_STATE State => _state;

    public IUccUri Uri { get; }

    public IUccSession Session => _session;

    public bool IsLocal { get; }

    public IUccCollection Endpoints => new UccCollection([_own]);

    /// <summary>Address, name and role.</summary>
    public IUccReadOnlyPropertyCollection Properties
    {
        get
        {
            var properties = new PropertyList();
            properties.Set((int)UCC_CONFERENCE_PARTICIPANT_PROPERTY.UCCCPPID_URI, Uri.Value);
            properties.Set((int)UCC_CONFERENCE_PARTICIPANT_PROPERTY.UCCCPPID_DISPLAY_NAME, _displayName);
            properties.Set((int)UCC_CONFERENCE_PARTICIPANT_PROPERTY.UCCCPPID_ROLE, (int)_role);
            return new UccReadOnlyPropertyCollection(properties);
        }
    }

    /// <summary>Gives the role away, which only a leader may; <c>OnSetProperty</c> tells what became of it.</summary>
    public void SetProperty(UCC_CONFERENCE_PARTICIPANT_PROPERTY enPropertyId, object? vPropertyValue, IUccOperationContext? pOperationContext = null)
    {
        if (enPropertyId != UCC_CONFERENCE_PARTICIPANT_PROPERTY.UCCCPPID_ROLE || vPropertyValue is not int role)
        {
            throw new HResultException(HResults.InvalidArgument, "What can be set of a participant is the role, a number of UCC_CONFERENCE_PARTICIPANT_ROLE.");
        }

        var room = _session.DemandRoom();
        var next = role == (int)UCC_CONFERENCE_PARTICIPANT_ROLE.UCCCPR_ADMIN ? ParticipantRole.Leader : ParticipantRole.Attendee;
        UccConferenceSession.Run(room.SetRoleAsync(Uri.Value, next), pOperationContext, result => _events.Raise(SetPropertyEvent, this, result));
    }

    public void PlayRecordedName(string? bstrEndpoint, IUccOperationContext? pOperationContext = null) => throw UccPlatform.MediaDisabled();

    public IUccSessionParticipantEndpoint CreateParticipantEndpoint(IUccUri? pUri, string? bstrEndpointId, IUccContext? pContext) =>
        Create(pUri, bstrEndpointId, UCC_CONFERENCE_ENTITY_TYPE.UCCCET_INSTANT_MESSAGING);

    public IUccConferenceSessionParticipantEndpoint CreateParticipantEndpoint(
        IUccUri? pUri, string? bstrEndpointId, UCC_CONFERENCE_ENTITY_TYPE enType, IUccContext? pContext) => Create(pUri, bstrEndpointId, enType);

    public IUccSessionParticipantEndpoint CopyParticipantEndpoint(IUccSessionParticipantEndpoint? pInputParticipantEndpoint, IUccContext? pContext) =>
        Create(pInputParticipantEndpoint?.Uri, pInputParticipantEndpoint?.Id, UCC_CONFERENCE_ENTITY_TYPE.UCCCET_INSTANT_MESSAGING);

    public IUccConferenceSessionParticipantEndpoint CopyParticipantEndpoint(
        IUccSessionParticipantEndpoint? pInputParticipantEndpoint, UCC_CONFERENCE_ENTITY_TYPE enType, IUccContext? pContext) =>
        Create(pInputParticipantEndpoint?.Uri, pInputParticipantEndpoint?.Id, enType);

    /// <exception cref="HResultException">UCC_E_NOT_ALLOWED: the focus asks people, and each of their devices decides.</exception>
    public void AddParticipantEndpoint(IUccSessionParticipantEndpoint? pParticipantEndpoint, IUccOperationContext? pOperationContext = null) =>
        throw NoEndpoints();

    /// <exception cref="HResultException">UCC_E_NOT_ALLOWED: the focus asks people, and each of their devices decides.</exception>
    public void RemoveParticipantEndpoint(IUccSessionParticipantEndpoint? pParticipantEndpoint, IUccOperationContext? pOperationContext = null) =>
        throw NoEndpoints();

    /// <summary>The roster says how they are.</summary>
    internal void Receive(Participant participant)
    {
        _displayName = participant.DisplayName ?? "";
        var role = participant.Role == ParticipantRole.Leader
            ? UCC_CONFERENCE_PARTICIPANT_ROLE.UCCCPR_ADMIN
            : UCC_CONFERENCE_PARTICIPANT_ROLE.UCCCPR_PARTICIPANT;
        if (role != _role)
        {
            var update = new UccPropertyUpdateEvent((int)UCC_CONFERENCE_PARTICIPANT_PROPERTY.UCCCPPID_ROLE, (int)_role, (int)role);
            _role = role;
            _events.Raise(PropertyUpdatedEvent, this, update);
        }

        Enter(participant.State switch
        {
            ParticipantState.Connected => UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED,
            ParticipantState.Disconnected => UCC_SESSION_ENTITY_STATE.UCCSES_DISCONNECTED,
            _ => UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING,
        });
    }

    internal void Enter(UCC_SESSION_ENTITY_STATE state)
    {
        if (_state != state)
        {
            var old = _state;
            _state = state;
            _stateEvents.Raise(StateChangedEvent, this, new UccSessionParticipantStateChangedEvent(
                old, state, UCC_PARTICIPANT_STATE_CHANGE_REASON.UCCPSCR_NORMAL, UccOperationProgressEvent.Success(null)));
            _own.OnStateChanged(old, state);
        }
    }

    private UccConferenceSessionParticipantEndpoint Create(IUccUri? uri, string? id, UCC_CONFERENCE_ENTITY_TYPE type) => uri == null
        ? throw new HResultException(HResults.InvalidArgument, "A participant's endpoint needs a URI.")
        : new UccConferenceSessionParticipantEndpoint(this, UccUri.Parse(uri.Value), id ?? "", type);

    private static HResultException NoEndpoints() =>
        new(UccHResults.UCC_E_NOT_ALLOWED, "People are added to a conference, not devices: use AddParticipant of the session.");
}
