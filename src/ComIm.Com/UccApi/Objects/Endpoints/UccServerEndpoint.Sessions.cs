using ComIm.Client.Sessions;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Conferences;
using ComIm.Com.UccApi.Objects.Sessions;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>The sessions of the endpoint: those that it makes, and those that others begin.</summary>
internal sealed partial class UccServerEndpoint : IUccSessionManager
{
    private const int IncomingSessionEvent = 300;
    private const int OutgoingSessionEvent = 301;

    private readonly ConnectionPoint _sessionEvents;
    private readonly HashSet<SessionObject> _sessions = [];
    private readonly TaskCompletionSource _isAnnounced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private _IUccSessionDescriptionEvaluator? _evaluator;

    /// <summary>Makes a session; nothing is sent. <c>OnOutgoingSession</c> tells others of it.</summary>
    public IUccSession CreateSession(UCC_SESSION_TYPE enSessionType, IUccContext? pContext)
    {
        DemandAccount();
        IUccSession session = enSessionType switch
        {
            UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING when UccConferenceTextSession.ConferenceOf(pContext) is { } conference =>
                new UccConferenceTextSession(this, conference, pContext!),
            UCC_SESSION_TYPE.UCCST_INSTANT_MESSAGING => new UccInstantMessagingSession(this, pContext),
            UCC_SESSION_TYPE.UCCST_CONFERENCE => new UccConferenceSession(this, pContext),
            UCC_SESSION_TYPE.UCCST_APPLICATION => new UccApplicationSession(this, pContext),
            UCC_SESSION_TYPE.UCCST_AUDIO_VIDEO => throw UccPlatform.MediaDisabled(),
            _ => throw new HResultException(UccHResults.UCC_E_INVALID_SESSION_TYPE, $"There are no sessions of the type {(int)enSessionType}."),
        };
        _sessionEvents.Raise(OutgoingSessionEvent, this, new UccOutgoingSessionEvent(session));
        return session;
    }

    /// <summary>Names who decides about invitations to application sessions.</summary>
    public void RegisterSessionDescriptionEvaluator(_IUccSessionDescriptionEvaluator? pSessionDescriptionEvaluator) =>
        Volatile.Write(ref _evaluator, pSessionDescriptionEvaluator ?? throw new HResultException(HResults.InvalidArgument, "There is no evaluator to register."));

    public void UnregisterSessionDescriptionEvaluator() => Volatile.Write(ref _evaluator, null);

    /// <summary>A session has somebody on the line: it ends with the endpoint.</summary>
    internal void Remember(SessionObject session)
    {
        lock (_gate)
        {
            _sessions.Add(session);
        }
    }

    /// <summary>A session is over.</summary>
    internal void Forget(SessionObject session)
    {
        lock (_gate)
        {
            _sessions.Remove(session);
        }
    }

    private void OnSessionOffered(object? sender, ImSessionOfferedEventArgs e) => _ = OfferAsync(e.Session);

    private async Task OfferAsync(ImSession link)
    {
        // Applications learn of sessions after OnEnable, and not before.
        await _isAnnounced.Task.ConfigureAwait(false);
        if (State != EndpointState.Enabled)
        {
            link.Reject(480);
        }
        else if (link.OffersMessages)
        {
            Announce(new UccInstantMessagingSession(this, link), link);
        }
        else if (IsWanted(link))
        {
            Announce(new UccApplicationSession(this, link), link);
        }
        else
        {
            link.Reject(488);
        }
    }

    private void Announce(SessionObject session, ImSession link) =>
        _sessionEvents.Raise(IncomingSessionEvent, this, new UccIncomingSessionEvent(session, link));

    // The evaluator is the application's, and may fail as any of its objects may.
    private bool IsWanted(ImSession link)
    {
        try
        {
            return Volatile.Read(ref _evaluator)?.Evaluate(SessionDescription.TypeOf(link.Offer), SessionDescription.TextOf(link.Offer)) == true;
        }
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private Task EndSessionsAsync()
    {
        SessionObject[] sessions;
        lock (_gate)
        {
            sessions = [.. _sessions];
        }

        return Task.WhenAll(sessions.Select(s => s.EndAsync()));
    }
}
