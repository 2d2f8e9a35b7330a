using System.Runtime.InteropServices;
using ComIm.Client.Sessions;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Conferences;
using ComIm.Com.UccApi.Objects.Sessions;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>The sessions of the endpoint: those that it makes, and those that others begin.</summary>
internal sealed partial class UccServerEndpoint : IUccSessionManager, IScriptSessionManager
{
    private const int IncomingSessionEvent = 300;
    private const int OutgoingSessionEvent = 301;

    private readonly ConnectionPoint _sessionEvents;
    private readonly HashSet<SessionObject> _sessions = [];
    private readonly TaskCompletionSource _isAnnounced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DescriptionEvaluator? _evaluator;

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
        Use(pSessionDescriptionEvaluator ?? throw new HResultException(HResults.InvalidArgument, "There is no evaluator to register."));

    public void UnregisterSessionDescriptionEvaluator() => Use(null);

    void IScriptSessionManager.RegisterSessionDescriptionEvaluator(object? pSessionDescriptionEvaluator) => Use(
        OperatingSystem.IsWindows() && pSessionDescriptionEvaluator is { } given && Marshal.IsComObject(given) && ScriptEvaluator.TryCreate(given) is { } evaluator
            ? evaluator
            : throw new HResultException(HResults.InvalidArgument, "An evaluator is an object with a method Evaluate(contentType, description)."));

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
        else if (await IsWantedAsync(link).ConfigureAwait(false))
        {
            Announce(new UccApplicationSession(this, link), link);
        }
        else
        {
            link.Reject(488);
        }
    }

    private void Announce(SessionObject session, ImSession link) =>
        _sessionEvents.RaiseAnd(session.Announced, IncomingSessionEvent, this, new UccIncomingSessionEvent(session, link));

    private Task<bool> IsWantedAsync(ImSession link) => Volatile.Read(ref _evaluator) is { } evaluator
        ? evaluator.EvaluateAsync(SessionDescription.TypeOf(link.Offer), SessionDescription.TextOf(link.Offer))
        : Task.FromResult(false);

    private void Use(_IUccSessionDescriptionEvaluator? evaluator) =>
        Interlocked.Exchange(ref _evaluator, evaluator == null ? null : new DescriptionEvaluator(evaluator))?.Close();

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
