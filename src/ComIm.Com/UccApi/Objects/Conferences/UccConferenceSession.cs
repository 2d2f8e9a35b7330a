using System.Runtime.InteropServices;
using ComIm.Client;
using ComIm.Client.Conversations;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Endpoints;

namespace ComIm.Com.UccApi.Objects.Conferences;

/// <summary>
/// The session with a conference's focus: who is in it, and what can be changed of it. What is said in it goes through a session of
/// text whose context names this one.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed partial class UccConferenceSession : EventSourceObject, IUccConferenceSession, IUccSession
{
    private const int EnterEvent = 1600;
    private const int LeaveEvent = 1601;
    private const int SetPropertyEvent = 1602;
    private const int PropertyUpdatedEvent = 1604;

    private readonly ConnectionPoint _events;
    private readonly Lock _gate = new();
    private Conversation? _room;

    public UccConferenceSession(UccServerEndpoint endpoint, IUccContext? context)
        : base(UccCoclasses.UccConferenceSession.Dispatch, UccCoclasses.UccConferenceSession.Sources, endpoint.Lane)
    {
        Endpoint = endpoint;
        Context = context ?? new UccContext();
        _events = PointFor(typeof(_IUccConferenceSessionEvents));
        _sessionEvents = PointFor(typeof(_IUccSessionEvents));
        _rosterEvents = PointFor(typeof(_IUccSessionParticipantCollectionEvents));
        _view = new UccConferenceView(endpoint.Lane);
        _local = new UccConferenceSessionParticipant(this, endpoint.Uri, null, isLocal: true);
    }

    /// <summary>The view; once it is entered subject, lock, and the address that messages go to.</summary>
    public IUccReadOnlyPropertyCollection Properties
    {
        get
        {
            var properties = new PropertyList();
            properties.Set((int)UCC_CONFERENCE_SESSION_PROPERTY.UCCCSPID_CONFERENCE_VIEW, _view);
            if (_room is { ConferenceUri: { } uri } room)
            {
                properties.Set((int)UCC_CONFERENCE_SESSION_PROPERTY.UCCCSPID_SUBJECT, room.Subject ?? "");
                properties.Set((int)UCC_CONFERENCE_SESSION_PROPERTY.UCCCSPID_LOCKED, room.IsLocked);
                properties.Set((int)UCC_CONFERENCE_SESSION_PROPERTY.UCCCSPID_ACTIVE, room.State == ConversationState.Connected);
                properties.Set((int)UCC_CONFERENCE_SESSION_PROPERTY.UCCCSPID_CONFERENCE_INSTANT_MESSAGING_URI, uri);
            }

            return new UccReadOnlyPropertyCollection(properties);
        }
    }

    internal UccServerEndpoint Endpoint { get; }

    /// <summary>Goes into a conference: one that this endpoint has scheduled, or one whose URI somebody has told.</summary>
    public void Enter(IUccUri? pUri, IUccOperationContext? pOperationContext = null)
    {
        var account = Endpoint.DemandAccount();
        if (pUri == null)
        {
            throw new HResultException(HResults.InvalidArgument, "A conference has a URI.");
        }

        Conversation room;
        lock (_gate)
        {
            if (_room != null)
            {
                throw new HResultException(UccHResults.UCC_E_INVALID_SESSION_STATE, "The session has entered a conference before.");
            }

            try
            {
                room = _room = Endpoint.Conferences.RoomAt(account, pUri.Value);
            }
            catch (ImException e)
            {
                throw new HResultException(UccFailures.Of(e), e.Message);
            }
        }

        Run(EnterAsync(room), pOperationContext, result =>
        {
            if (result.StatusCode >= 0)
            {
                Follow(room);
            }
            else
            {
                _room = null;
            }

            _events.Raise(EnterEvent, this, result);
        });
    }

    /// <summary>Goes out of the conference, which goes on for the others.</summary>
    public void Leave(IUccOperationContext? pOperationContext = null)
    {
        var room = DemandRoom();
        lock (_gate)
        {
            _isLeaving = true;
        }

        Run(room.LeaveAsync(), pOperationContext, result =>
        {
            _view.Close();
            _events.Raise(LeaveEvent, this, result);
        });
    }

    /// <summary>Sets the subject or the lock, which only a leader may; <c>OnSetProperty</c> tells what became of it.</summary>
    public void SetProperty(UCC_CONFERENCE_SESSION_PROPERTY enPropertyId, object? vPropertyValue, IUccOperationContext? pOperationContext = null)
    {
        var room = DemandRoom();
        var change = (enPropertyId, vPropertyValue) switch
        {
            (UCC_CONFERENCE_SESSION_PROPERTY.UCCCSPID_SUBJECT, string subject) => room.SetSubjectAsync(subject),
            (UCC_CONFERENCE_SESSION_PROPERTY.UCCCSPID_LOCKED, bool isLocked) => room.SetLockedAsync(isLocked),
            _ => throw new HResultException(HResults.InvalidArgument, "What can be set of a conference is the subject, a text, and the lock, a boolean."),
        };
        Run(change, pOperationContext, result => _events.Raise(SetPropertyEvent, this, result));
    }

    /// <summary>The room, for what needs one.</summary>
    /// <exception cref="HResultException">UCC_E_INVALID_SESSION_STATE: no conference has been entered.</exception>
    internal Conversation DemandRoom()
    {
        Endpoint.DemandAccount();
        return _room ?? throw new HResultException(UccHResults.UCC_E_INVALID_SESSION_STATE, "Enter a conference first.");
    }

    /// <summary>Tells what becomes of an operation.</summary>
    internal static void Run(Task work, IUccOperationContext? operation, Action<UccOperationProgressEvent> tell) => _ = RunAsync(work, operation, tell);

    private static async Task EnterAsync(Conversation room)
    {
        await room.StartAsync().ConfigureAwait(false);
        if (!room.IsConference)
        {
            await room.LeaveAsync().ConfigureAwait(false);
            throw new ImException(ImError.NotAccepted, $"{room.Peer} is no conference.");
        }
    }

    private static async Task RunAsync(Task work, IUccOperationContext? operation, Action<UccOperationProgressEvent> tell)
    {
        UccOperationProgressEvent result;
        try
        {
            await work.ConfigureAwait(false);
            result = UccOperationProgressEvent.Success(operation);
        }
        catch (ImException e)
        {
            result = UccOperationProgressEvent.Failure(operation, UccFailures.Of(e), e);
        }

        tell(result);
    }
}
