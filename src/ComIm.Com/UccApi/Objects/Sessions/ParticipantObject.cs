using ComIm.Client.Sessions;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>What participants of every type of session have in common: somebody in a session, with a state.</summary>
internal abstract partial class ParticipantObject : EventSourceObject, IUccSessionParticipant
{
    private const int StateChangedEvent = 500;
    private const int AddEndpointEvent = 501;
    private const int RemoveEndpointEvent = 502;
    private const int EndpointAddedEvent = 2300;
    private const int EndpointRemovedEvent = 2301;

    private readonly ConnectionPoint _events;
    private readonly ConnectionPoint _endpointEvents;
    private readonly List<UccSessionParticipantEndpoint> _endpoints = [];
    private readonly Lock _gate = new();
    private UCC_SESSION_ENTITY_STATE _state;
    private bool _isEnded;

    private protected ParticipantObject(SessionObject session, UccCoclass coclass, IUccUri uri, IUccContext? context, bool isLocal)
        : base(coclass.Dispatch, coclass.Sources, session.Lane)
    {
        Session = session;
        Uri = uri;
        Context = context ?? new UccContext();
        IsLocal = isLocal;
        _state = isLocal ? UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED : UCC_SESSION_ENTITY_STATE.UCCSES_IDLE;
        Endpoint = new UccSessionParticipantEndpoint(this, uri, isLocal ? session.Endpoint.Id : "", null);
        _endpoints.Add(Endpoint);
        _events = PointFor(typeof(_IUccSessionParticipantEvents));
        _endpointEvents = PointFor(typeof(_IUccSessionParticipantEndpointCollectionEvents));
        _operationEvents = PointFor(typeof(_IUccOperationManagerEvents));
    }

    public IUccContext Context { get; }

    public UCC_SESSION_ENTITY_STATE State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    public IUccUri Uri { get; }

    IUccSession IUccSessionParticipant.Session => Session;

    public bool IsLocal { get; }

    public IUccCollection Endpoints
    {
        get
        {
            lock (_gate)
            {
                return new UccCollection([.. _endpoints]);
            }
        }
    }

    internal SessionObject Session { get; }

    /// <summary>The endpoint that the participant has from the start.</summary>
    internal UccSessionParticipantEndpoint Endpoint { get; }

    /// <summary>The session beneath; null while the participant is not in one.</summary>
    internal ImSession? Link { get; set; }

    /// <summary>Whether it is they who began.</summary>
    internal bool IsInviter { get; private set; }

    internal bool IsRemoving { get; set; }

    /// <summary>What the application passed when it added the participant.</summary>
    internal IUccOperationContext? Adding { get; set; }

    /// <summary>What the application passed when it removed the participant.</summary>
    internal IUccOperationContext? Removing { get; set; }

    /// <summary>Where the invitation goes: to the endpoint that was added by name, else to the person.</summary>
    internal string Target
    {
        get
        {
            lock (_gate)
            {
                return _endpoints[^1].Uri.Value;
            }
        }
    }

    /// <summary>Names one of the devices of the participant; nothing is sent.</summary>
    public IUccSessionParticipantEndpoint CreateParticipantEndpoint(IUccUri? pUri, string? bstrEndpointId, IUccContext? pContext) => pUri == null
        ? throw new HResultException(HResults.InvalidArgument, "A participant's endpoint needs a URI.")
        : new UccSessionParticipantEndpoint(this, UccUri.Parse(pUri.Value), bstrEndpointId ?? "", pContext);

    public IUccSessionParticipantEndpoint CopyParticipantEndpoint(IUccSessionParticipantEndpoint? pInputParticipantEndpoint, IUccContext? pContext) =>
        pInputParticipantEndpoint == null
            ? throw new HResultException(HResults.InvalidArgument, "There is no endpoint to copy.")
            : CreateParticipantEndpoint(pInputParticipantEndpoint.Uri, pInputParticipantEndpoint.Id, pContext);

    /// <summary>
    /// Names the device that the invitation is to go to; before the participant is added. A participant of a two-party session
    /// has one device on the line.
    /// </summary>
    /// <exception cref="HResultException">E_INVALIDARG, UCC_E_ALREADY_EXIST or UCC_E_SIP_PARTY_ALREADY_IN_SESSION.</exception>
    public void AddParticipantEndpoint(IUccSessionParticipantEndpoint? pParticipantEndpoint, IUccOperationContext? pOperationContext = null)
    {
        DemandIdle();
        if (pParticipantEndpoint == null)
        {
            throw new HResultException(HResults.InvalidArgument, "There is no endpoint to add.");
        }

        var added = pParticipantEndpoint as UccSessionParticipantEndpoint
            ?? (UccSessionParticipantEndpoint)CopyParticipantEndpoint(pParticipantEndpoint, null);
        lock (_gate)
        {
            if (_endpoints.Exists(e => e.IsSameAs(added)))
            {
                throw new HResultException(UccHResults.UCC_E_ALREADY_EXIST, "The participant has that endpoint already.");
            }

            _endpoints.Add(added);
        }

        _endpointEvents.Raise(EndpointAddedEvent, this, new UccSessionParticipantEndpointCollectionEvent(added));
        _events.Raise(AddEndpointEvent, this, UccOperationProgressEvent.Success(pOperationContext));
    }

    /// <exception cref="HResultException">E_INVALIDARG, UCC_E_NOT_EXIST or UCC_E_SIP_PARTY_ALREADY_IN_SESSION.</exception>
    public void RemoveParticipantEndpoint(IUccSessionParticipantEndpoint? pParticipantEndpoint, IUccOperationContext? pOperationContext = null)
    {
        DemandIdle();
        if (pParticipantEndpoint == null)
        {
            throw new HResultException(HResults.InvalidArgument, "There is no endpoint to remove.");
        }

        UccSessionParticipantEndpoint removed;
        lock (_gate)
        {
            removed = _endpoints.Find(e => e != Endpoint && e.IsSameAs(pParticipantEndpoint))
                ?? throw new HResultException(UccHResults.UCC_E_NOT_EXIST, "The participant has no such endpoint.");
            _endpoints.Remove(removed);
        }

        _endpointEvents.Raise(EndpointRemovedEvent, this, new UccSessionParticipantEndpointCollectionEvent(removed));
        _events.Raise(RemoveEndpointEvent, this, UccOperationProgressEvent.Success(pOperationContext));
    }

    internal void BeginIncoming()
    {
        IsInviter = true;
        EnterSilently(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING);
    }

    internal void Enter(UCC_SESSION_ENTITY_STATE state, UCC_PARTICIPANT_STATE_CHANGE_REASON reason, UccOperationProgressEvent? progress = null)
    {
        var old = EnterSilently(state);
        if (old != state)
        {
            _events.Raise(StateChangedEvent, this, new UccSessionParticipantStateChangedEvent(
                old, state, reason, progress ?? UccOperationProgressEvent.Success(Adding)));
        }
    }

    internal UCC_SESSION_ENTITY_STATE EnterSilently(UCC_SESSION_ENTITY_STATE state)
    {
        lock (_gate)
        {
            (var old, _state) = (_state, state);
            return old;
        }
    }

    /// <summary>There will be no more events of the participant.</summary>
    internal void CompleteAll() => CompleteEvents();

    /// <summary>An event tells clients of the participant: what happens to it before they have had that is for them, too.</summary>
    /// <returns>To be called when they have had it.</returns>
    internal Action BeAnnounced()
    {
        KeepEarlyEvents();
        return ForgetEarlyEvents;
    }

    /// <summary>The connection is over; false where that was known.</summary>
    internal bool TryEnd() => !Interlocked.Exchange(ref _isEnded, true);

    private void DemandIdle()
    {
        Session.DemandOpen();
        if (IsLocal || Link != null)
        {
            throw new HResultException(UccHResults.UCC_E_SIP_PARTY_ALREADY_IN_SESSION, "The participant is in the session already, with the endpoint that it has.");
        }
    }
}
