using ComIm.Client.Sessions;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>What the session hears of the connection to its participant, and tells of it.</summary>
internal abstract partial class SessionObject
{
    private void OnLinkChanged(ParticipantObject participant, ImSessionStateChangedEventArgs e)
    {
        switch (e.NewState)
        {
            case ImSessionState.Connected:
                OnConnected(participant);
                break;
            case ImSessionState.Ended:
                _ = OnEndedAsync(participant, e);
                break;
        }
    }

    private void OnConnected(ParticipantObject participant)
    {
        if (participant.IsInviter)
        {
            // Who accepts knows of it.
            participant.EnterSilently(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED);
            return;
        }

        participant.Enter(UCC_SESSION_ENTITY_STATE.UCCSES_CONNECTED, UCC_PARTICIPANT_STATE_CHANGE_REASON.UCCPSCR_NORMAL);
        _events.Raise(AddParticipantEvent, this, UccOperationProgressEvent.Success(participant.Adding));
    }

    private async Task OnEndedAsync(ParticipantObject participant, ImSessionStateChangedEventArgs e)
    {
        if (!participant.TryEnd())
        {
            return;
        }

        await SettleAsync(participant).ConfigureAwait(false);
        if (e.Ending == ImSessionEnding.Rejected)
        {
            // Who rejects knows of it: nothing is told of a session that never was.
            Finish(isTold: false);
            return;
        }

        var wasConnected = e.OldState == ImSessionState.Connected;
        var progress = Progress(participant, e);
        participant.Enter(UCC_SESSION_ENTITY_STATE.UCCSES_DISCONNECTED, ReasonOf(e), progress);
        if (!wasConnected && !participant.IsInviter)
        {
            _events.Raise(AddParticipantEvent, this, progress);
        }

        participant.TellCancelled();

        lock (Gate)
        {
            _participants.Remove(participant);
        }

        RaiseRoster(ParticipantRemovedEvent, participant);
        participant.CompleteAll();
        if (participant.IsRemoving)
        {
            _events.Raise(RemoveParticipantEvent, this, UccOperationProgressEvent.Success(participant.Removing));
        }

        // A session ends with its participant, unless that one never came, or we have sent it away.
        bool isOver;
        lock (Gate)
        {
            isOver = _state != SessionState.Open || (!participant.IsRemoving && (wasConnected || participant.IsInviter));
        }

        if (isOver)
        {
            Finish();
        }
    }

    private void Finish(bool isTold = true)
    {
        ParticipantObject[] left;
        lock (Gate)
        {
            if (_state == SessionState.Terminated)
            {
                return;
            }

            _state = SessionState.Terminated;
            left = [Local, .. _participants];
        }

        Endpoint.Forget(this);
        if (isTold)
        {
            _events.Raise(TerminateEvent, this, UccOperationProgressEvent.Success(_terminating));
        }

        Array.ForEach(left, static p => p.CompleteAll());
        CompleteEvents();
        _terminated.TrySetResult();
    }

    private void RaiseRoster(int dispId, ParticipantObject participant)
    {
        var told = new UccSessionParticipantCollectionEvent(participant);
        if (dispId == ParticipantAddedEvent)
        {
            _rosterEvents.RaiseAnd(participant.BeAnnounced(), dispId, this, told);
        }
        else
        {
            _rosterEvents.Raise(dispId, this, told);
        }
    }

    private static UccOperationProgressEvent Progress(ParticipantObject participant, ImSessionStateChangedEventArgs e) => e switch
    {
        { Cause: { } cause } => UccOperationProgressEvent.Failure(
            participant.Adding, participant.Link!.FollowsRedirects ? UccFailures.OfFollowed(cause) : UccFailures.Of(cause), cause),
        { OldState: ImSessionState.Connected, Ending: ImSessionEnding.PeerLost } => new UccOperationProgressEvent(
            participant.Adding, isComplete: true, UccHResults.UCC_E_SIP_CALL_DISCONNECTED, "The peer no longer answers."),
        { OldState: ImSessionState.Connected } => UccOperationProgressEvent.Success(participant.Adding),
        { Ending: ImSessionEnding.SignedOut } => new UccOperationProgressEvent(
            participant.Adding, isComplete: true, UccHResults.UCC_E_INVALID_REGISTRATION_STATE, "The endpoint is no longer registered."),
        _ => new UccOperationProgressEvent(participant.Adding, isComplete: true, UccHResults.UCC_E_REQUEST_CANCELLED, "The invitation was taken back."),
    };

    // A peer's word is normal life; only what nobody said is a failure. Which of the two ends it is shows in the old state.
    private static UCC_PARTICIPANT_STATE_CHANGE_REASON ReasonOf(ImSessionStateChangedEventArgs e) =>
        e.Ending == ImSessionEnding.PeerLost || e.Cause is { StatusCode: 0 }
            ? UCC_PARTICIPANT_STATE_CHANGE_REASON.UCCPSCR_FAILED
            : UCC_PARTICIPANT_STATE_CHANGE_REASON.UCCPSCR_NORMAL;
}
