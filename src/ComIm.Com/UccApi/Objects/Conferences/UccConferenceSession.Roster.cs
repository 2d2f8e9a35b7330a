using ComIm.Client.Conferencing;
using ComIm.Client.Conversations;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>Who is in the conference.</summary>
internal sealed partial class UccConferenceSession
{
    private const int AddParticipantEvent = 400;
    private const int RemoveParticipantEvent = 401;
    private const int TerminateEvent = 404;
    private const int ParticipantAddedEvent = 2100;
    private const int ParticipantRemovedEvent = 2101;

    private readonly ConnectionPoint _sessionEvents;
    private readonly ConnectionPoint _rosterEvents;
    private readonly UccConferenceSessionParticipant _local;
    private readonly List<UccConferenceSessionParticipant> _roster = [];
    private bool _isOver;
    private bool _isLeaving;

    public UCC_SESSION_TYPE Type => UCC_SESSION_TYPE.UCCST_CONFERENCE;

    public IUccContext Context { get; }

    public IUccSessionParticipant LocalParticipant => _local;

    /// <summary>The local participant first, then the others, as they are now.</summary>
    public IUccCollection Participants
    {
        get
        {
            lock (_gate)
            {
                return new UccCollection([_local, .. _roster]);
            }
        }
    }

    public IUccSessionParticipant CreateParticipant(IUccUri? pUri, IUccContext? pContext) => pUri == null
        ? throw new HResultException(HResults.InvalidArgument, "A participant needs a URI.")
        : new UccConferenceSessionParticipant(this, UccUri.Parse(pUri.Value), pContext, isLocal: false);

    /// <summary>Has the focus ask somebody in; <c>OnAddParticipant</c> tells whether they have come.</summary>
    public void AddParticipant(IUccSessionParticipant? pParticipant, IUccOperationContext? pOperationContext = null)
    {
        var room = DemandRoom();
        var participant = pParticipant as UccConferenceSessionParticipant
            ?? throw new HResultException(UccHResults.UCC_E_ENDPOINT_INVALID_SESSION_PARTY, "The participant was made by another session.");
        lock (_gate)
        {
            if (participant.IsLocal || Find(participant.Uri.Value) != null)
            {
                throw new HResultException(UccHResults.UCC_E_SIP_PARTY_ALREADY_IN_SESSION, "The participant is in the conference.");
            }

            _roster.Add(participant);
        }

        RaiseRoster(ParticipantAddedEvent, participant);
        participant.Enter(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING);
        Run(room.AddParticipantAsync(participant.Uri.Value), pOperationContext, result =>
        {
            if (result.StatusCode < 0)
            {
                Remove(participant);
            }
            else
            {
                participant.Enter(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED);
                UpdateView();
            }

            _sessionEvents.Raise(AddParticipantEvent, this, result);
        });
    }

    /// <summary>Has the focus send somebody away, which only a leader may.</summary>
    public void RemoveParticipant(IUccSessionParticipant? pParticipant, IUccOperationContext? pOperationContext = null)
    {
        var room = DemandRoom();
        if (pParticipant == null || Find(pParticipant.Uri.Value) == null)
        {
            throw new HResultException(UccHResults.UCC_E_NOT_EXIST, "The participant is not in the conference.");
        }

        Run(room.RemoveParticipantAsync(pParticipant.Uri.Value), pOperationContext, result => _sessionEvents.Raise(RemoveParticipantEvent, this, result));
    }

    /// <summary>Leaves the conference and ends the session; <c>OnTerminate</c> tells when that is done.</summary>
    public void Terminate(UCC_REJECT_OR_TERMINATE_REASON enTerminateReason, IUccOperationContext? pOperationContext = null)
    {
        Endpoint.Platform.DemandInitialized();
        lock (_gate)
        {
            if (_isOver)
            {
                throw Sessions.SessionObject.IsOver();
            }

            _isOver = true;
        }

        Run(_room?.LeaveAsync() ?? Task.CompletedTask, pOperationContext, result =>
        {
            Unfollow();
            _view.Close();
            _sessionEvents.Raise(TerminateEvent, this, result);
        });
    }

    /// <summary>Somebody in the conference; null for whom the roster does not name.</summary>
    internal UccConferenceSessionParticipant? Find(string uri)
    {
        lock (_gate)
        {
            return _roster.Find(p => p.Uri.Value == uri);
        }
    }

    private void Follow(Conversation room)
    {
        room.ParticipantAdded += OnParticipant;
        room.ParticipantChanged += OnParticipant;
        room.ParticipantRemoved += OnParticipantRemoved;
        room.ConferenceChanged += OnConferenceChanged;
        room.StateChanged += OnRoomStateChanged;
        (_subject, _isLocked) = (room.Subject ?? "", room.IsLocked);
        RaiseRoster(ParticipantAddedEvent, _local);
        _local.Enter(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED);
        foreach (var participant in room.Participants)
        {
            Receive(participant);
        }

        OpenView(room);
    }

    private void Unfollow()
    {
        if (_room is { } room)
        {
            room.ParticipantAdded -= OnParticipant;
            room.ParticipantChanged -= OnParticipant;
            room.ParticipantRemoved -= OnParticipantRemoved;
            room.ConferenceChanged -= OnConferenceChanged;
            room.StateChanged -= OnRoomStateChanged;
        }
    }

    /// <summary>We have been sent away, or the conference is over: as after <see cref="Terminate"/>, which nobody has called.</summary>
    private void OnRoomStateChanged(object? sender, ConversationStateChangedEventArgs e)
    {
        lock (_gate)
        {
            if (e.NewState != ConversationState.Disconnected || _isOver || _isLeaving)
            {
                return;
            }

            _isOver = true;
        }

        Unfollow();
        _local.Enter(UCC_SESSION_ENTITY_STATE.UCCSES_DISCONNECTED);
        _view.Close();
        _sessionEvents.Raise(TerminateEvent, this, UccOperationProgressEvent.Success(null));
    }

    private void OnParticipant(object? sender, ParticipantEventArgs e)
    {
        if (e.Participant.IsSelf)
        {
            _local.Receive(e.Participant);
        }
        else
        {
            Receive(e.Participant);
        }
    }

    private void OnParticipantRemoved(object? sender, ParticipantEventArgs e)
    {
        if (Find(e.Participant.Address) is { } known)
        {
            Remove(known);
        }
    }

    private void Receive(Participant participant)
    {
        UccConferenceSessionParticipant? added = null;
        UccConferenceSessionParticipant known;
        lock (_gate)
        {
            known = Find(participant.Address)
                ?? (added = new UccConferenceSessionParticipant(this, UccUri.Parse(participant.Address), null, isLocal: false));
            if (added != null)
            {
                _roster.Add(added);
            }
        }

        if (added != null)
        {
            RaiseRoster(ParticipantAddedEvent, added);
        }

        known.Receive(participant);
        UpdateView();
    }

    private void Remove(UccConferenceSessionParticipant participant)
    {
        lock (_gate)
        {
            if (!_roster.Remove(participant))
            {
                return;
            }
        }

        participant.Enter(UCC_SESSION_ENTITY_STATE.UCCSES_DISCONNECTED);
        RaiseRoster(ParticipantRemovedEvent, participant);
        UpdateView();
    }

    private void RaiseRoster(int dispId, UccConferenceSessionParticipant participant) =>
        _rosterEvents.Raise(dispId, this, new Sessions.UccSessionParticipantCollectionEvent(participant));
}
