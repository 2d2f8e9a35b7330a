using ComIm.Client;
using ComIm.Client.Sessions;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Endpoints;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>
/// What sessions of every type have in common: a local participant, at most one remote one, and an end. Its state changes
/// here and nowhere else. Between two methods of the application, events come in the order of the documentation: added,
/// state, result; state, removed, terminated.
/// </summary>
internal abstract partial class SessionObject : EventSourceObject, IUccSession
{
    private const int AddParticipantEvent = 400;
    private const int RemoveParticipantEvent = 401;
    private const int TerminateEvent = 404;
    private const int ParticipantAddedEvent = 2100;
    private const int ParticipantRemovedEvent = 2101;

    private readonly ConnectionPoint _events;
    private readonly ConnectionPoint _rosterEvents;
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<ParticipantObject> _participants = [];
    private SessionState _state;
    private ParticipantObject? _local;
    private IUccOperationContext? _terminating;
    private bool _isLocalAnnounced;

    private protected SessionObject(UccServerEndpoint endpoint, UccCoclass coclass, UCC_SESSION_TYPE type, IUccContext? context, string? conversationId)
        : base(coclass.Dispatch, coclass.Sources, endpoint.Lane)
    {
        Endpoint = endpoint;
        Type = type;
        Context = context ?? new UccContext();
        ConversationId = conversationId;
        _events = PointFor(typeof(_IUccSessionEvents));
        _rosterEvents = PointFor(typeof(_IUccSessionParticipantCollectionEvents));
    }

    public UCC_SESSION_TYPE Type { get; }

    public IUccContext Context { get; }

    public IUccSessionParticipant LocalParticipant => Local;

    /// <summary>The local participant first, then the remote one, as they are now.</summary>
    public IUccCollection Participants
    {
        get
        {
            lock (Gate)
            {
                return new UccCollection([Local, .. _participants]);
            }
        }
    }

    internal UccServerEndpoint Endpoint { get; }

    internal string? ConversationId { get; }

    internal Lock Gate { get; } = new();

    /// <summary>
    /// To be called when clients have been told of a session that has come in: the inviter may give up while they are, and who listens
    /// from then on, as the documentation has it, is to hear of it.
    /// </summary>
    internal Action Announced { get; private set; } = static () => { };

    /// <summary>The remote participant; null where there is none.</summary>
    internal ParticipantObject? Remote
    {
        get
        {
            lock (Gate)
            {
                return _participants is [var first, ..] ? first : null;
            }
        }
    }

    private ParticipantObject Local
    {
        get
        {
            lock (Gate)
            {
                return _local ??= MakeParticipant(Endpoint.Uri, null, isLocal: true);
            }
        }
    }

    /// <summary>Makes a participant to be added; nothing is sent.</summary>
    /// <exception cref="HResultException">E_INVALIDARG, UCC_E_INVALID_SIP_URL or UCC_E_INVALID_SESSION_STATE.</exception>
    public IUccSessionParticipant CreateParticipant(IUccUri? pUri, IUccContext? pContext)
    {
        Endpoint.Platform.DemandInitialized();
        DemandOpen();
        if (pUri == null)
        {
            throw new HResultException(HResults.InvalidArgument, "A participant needs a URI.");
        }

        var uri = UccUri.Parse(pUri.Value);
        return uri.Scheme == UCC_URI_SCHEME.UCCUS_SIP && uri.User.Length > 0
            ? MakeParticipant(uri, pContext, isLocal: false)
            : throw new HResultException(UccHResults.UCC_E_INVALID_SIP_URL, $"'{uri.Value}' does not name somebody, as sip:bob@example.com does.");
    }

    /// <summary>Sends the invitation; <c>OnAddParticipant</c> tells what became of it.</summary>
    /// <exception cref="HResultException">
    /// UCC_E_SIP_ADDITIONAL_PARTY_IN_TWO_PARTY_SESSION, or UCC_E_SIP_OTHER_PARTY_JOIN_IN_PROGRESS before that party has come;
    /// UCC_E_SIP_PARTY_ALREADY_IN_SESSION, UCC_E_INVALID_SESSION_STATE or UCC_E_ENDPOINT_INVALID_SESSION_PARTY.
    /// </exception>
    public void AddParticipant(IUccSessionParticipant? pParticipant, IUccOperationContext? pOperationContext = null)
    {
        var account = Endpoint.DemandAccount();
        var participant = Resolve(pParticipant);
        bool isFirst;
        lock (Gate)
        {
            DemandOpen();
            if (participant.IsLocal || participant.Link != null)
            {
                throw new HResultException(UccHResults.UCC_E_SIP_PARTY_ALREADY_IN_SESSION, "The participant is in the session, or was in it. Create another one.");
            }

            if (_participants is [{ State: UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING }, ..])
            {
                throw new HResultException(
                    UccHResults.UCC_E_SIP_OTHER_PARTY_JOIN_IN_PROGRESS, "A session has one remote participant, and another one is invited just now.");
            }

            if (_participants.Count > 0)
            {
                throw new HResultException(
                    UccHResults.UCC_E_SIP_ADDITIONAL_PARTY_IN_TWO_PARTY_SESSION,
                    "A session has one remote participant. For more people schedule a conference.");
            }

            participant.Link = account.CreateSession(participant.Target);
            participant.Adding = pOperationContext;
            _participants.Add(participant);
            (isFirst, _isLocalAnnounced) = (!_isLocalAnnounced, true);
        }

        Endpoint.Remember(this);
        if (isFirst)
        {
            RaiseRoster(ParticipantAddedEvent, Local);
        }

        RaiseRoster(ParticipantAddedEvent, participant);
        participant.Enter(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTING, UCC_PARTICIPANT_STATE_CHANGE_REASON.UCCPSCR_TRYING);
        try
        {
            Begin(participant, participant.Link);
        }
        catch (ImException e)
        {
            // The endpoint has been disabled in the same moment.
            OnLinkChanged(participant, new ImSessionStateChangedEventArgs(ImSessionState.Idle, ImSessionState.Ended, ImSessionEnding.Refused, e));
        }
    }

    /// <summary>Ends the connection with a participant; <c>OnRemoveParticipant</c> tells when that is done.</summary>
    /// <exception cref="HResultException">UCC_E_NOT_EXIST: it is not in the session. UCC_E_NOT_ALLOWED: it is the local one.</exception>
    public void RemoveParticipant(IUccSessionParticipant? pParticipant, IUccOperationContext? pOperationContext = null)
    {
        Endpoint.DemandAccount();
        var participant = Resolve(pParticipant);
        lock (Gate)
        {
            DemandOpen();
            if (participant.IsLocal)
            {
                throw new HResultException(UccHResults.UCC_E_NOT_ALLOWED, "The local participant leaves by Terminate.");
            }

            if (!_participants.Contains(participant) || participant.IsRemoving)
            {
                throw new HResultException(UccHResults.UCC_E_NOT_EXIST, "The participant is not in the session.");
            }

            (participant.IsRemoving, participant.Removing) = (true, pOperationContext);
        }

        _ = participant.Link!.EndAsync();
    }

    /// <summary>Ends the session for all; <c>OnTerminate</c> tells when that is done.</summary>
    /// <exception cref="HResultException">UCC_E_INVALID_SESSION_STATE: it is over already.</exception>
    public void Terminate(UCC_REJECT_OR_TERMINATE_REASON enTerminateReason, IUccOperationContext? pOperationContext = null)
    {
        Endpoint.Platform.DemandInitialized();
        if (!TryTerminate(enTerminateReason, pOperationContext))
        {
            throw IsOver();
        }
    }

    /// <summary>The endpoint is disabled: as <see cref="Terminate"/>. Done when <c>OnTerminate</c> has been raised.</summary>
    internal Task EndAsync()
    {
        TryTerminate(UCC_REJECT_OR_TERMINATE_REASON.UCCROTR_UNAVAILABLE, null);
        return _terminated.Task;
    }

    /// <summary>The application accepts the invitation; false where it is over.</summary>
    internal virtual bool TryAccept(ImSession link) => link.Accept();

    internal void DemandOpen()
    {
        lock (Gate)
        {
            if (_state != SessionState.Open)
            {
                throw IsOver();
            }
        }
    }

    internal static HResultException IsOver() => new(UccHResults.UCC_E_INVALID_SESSION_STATE, "The session is over.");

    internal static HResultException NoTransfer() => new(UccHResults.UCC_E_NOT_ALLOWED, "A session of text cannot be transferred.");

    /// <summary>Makes a participant of the session's type.</summary>
    private protected abstract ParticipantObject MakeParticipant(IUccUri uri, IUccContext? context, bool isLocal);

    /// <summary>Sends the invitation.</summary>
    private protected virtual void Begin(ParticipantObject participant, ImSession link)
    {
        Listen(participant, link);
        link.ConversationId = ConversationId;
        link.FollowsRedirects = !IsSet(UCC_SESSION_CONTEXT.UCCSC_DISABLE_AUTOMATIC_REDIRECT);
        link.Start();
    }

    /// <summary>Before the events that tell of a participant's end: what was under way with it is told of first.</summary>
    private protected virtual Task SettleAsync(ParticipantObject participant) => Task.CompletedTask;

    /// <summary>Takes the invitation that has come in.</summary>
    private protected ParticipantObject Admit(ImSession link)
    {
        var inviter = MakeParticipant(UccUri.Parse(link.Peer), null, isLocal: false);
        inviter.Link = link;
        inviter.BeginIncoming();
        KeepEarlyEvents();
        var inviterAnnounced = inviter.BeAnnounced();
        Announced = () =>
        {
            ForgetEarlyEvents();
            inviterAnnounced();
        };
        _participants.Add(inviter);
        _isLocalAnnounced = true;
        Endpoint.Remember(this);
        Listen(inviter, link);
        return inviter;
    }

    private protected virtual void Listen(ParticipantObject participant, ImSession link)
    {
        link.StateChanged += (_, e) => OnLinkChanged(participant, e);
        if (link.State == ImSessionState.Ended)
        {
            // Taken back before we listened.
            OnLinkChanged(participant, new ImSessionStateChangedEventArgs(
                ImSessionState.Offered, ImSessionState.Ended, ImSessionEnding.Withdrawn, null));
        }
    }

    private bool IsSet(UCC_SESSION_CONTEXT property) =>
        Context.IsPropertySet((int)property) && Context.get_Property((int)property).Value is true or int and not 0;

    private bool TryTerminate(UCC_REJECT_OR_TERMINATE_REASON reason, IUccOperationContext? operation)
    {
        ParticipantObject[] connected;
        lock (Gate)
        {
            if (_state != SessionState.Open)
            {
                return false;
            }

            (_state, _terminating) = (SessionState.Terminating, operation);
            connected = [.. _participants];
        }

        if (connected.Length == 0)
        {
            Finish();
        }

        foreach (var participant in connected)
        {
            _ = participant.Link!.EndAsync(RejectReasons.ToStatus(reason));
        }

        return true;
    }

    // Our own objects come as themselves, or as proxies, which show what they are by their interfaces.
    private ParticipantObject Resolve(IUccSessionParticipant? given)
    {
        if (given is ParticipantObject own)
        {
            return own.Session == this ? own : throw Foreign();
        }

        if (given == null)
        {
            throw new HResultException(HResults.InvalidArgument, "There is no participant.");
        }

        var uri = given.Uri.Value;
        lock (Gate)
        {
            return _participants.Find(p => p.Uri.Value == uri) ?? throw Foreign();
        }
    }

    private static HResultException Foreign() =>
        new(UccHResults.UCC_E_ENDPOINT_INVALID_SESSION_PARTY, "The participant was made by another session.");
}
