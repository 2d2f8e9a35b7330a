using ComIm.Client.Conversations;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Client.Sessions;

/// <summary>
/// A session that moves: the chat of two is replaced by the session with a focus, and nobody who waits notices. Messages that
/// are under way end in the old session, those that wait go into the new one.
/// </summary>
internal sealed partial class ConversationSession
{
    // The session that is being replaced from here, and whose end is not to be noticed meanwhile.
    private InviteSession? _leaving;
    private SessionEnd? _leavingEnd;
    private InviteSession? _focus;

    // The room was lost with the network: neither we have left it nor has it put us out or refused us since.
    private bool _isCutOff;

    /// <summary>Whether a session is the room's.</summary>
    public bool IsOfRoom(InviteSession session) =>
        session == _focus || (conversation.IsConference && session.Dialog.RemoteTarget == conversation.ConferenceUri);

    /// <summary>Holds the messages that wait, until <see cref="MoveTo"/> or <see cref="Release"/>.</summary>
    /// <returns>The session of two, once nothing is under way in it; null where there is none any more.</returns>
    public async Task<InviteSession?> HoldAsync()
    {
        Task sending;
        InviteSession? session;
        lock (_gate)
        {
            session = State == ConversationState.Connected && !conversation.IsConference ? _session : null;
            (_leaving, _leavingEnd) = (session, null);
            sending = _sending;
        }

        await sending.ConfigureAwait(false);
        lock (_gate)
        {
            if (session is null || (_session == session && _leaving == session))
            {
                return session;
            }

            // It was lost under its last message, or has moved by itself.
            _leaving = null;
            Advance();
            return null;
        }
    }

    /// <summary>Begins a session with a focus beside the one there is.</summary>
    public async Task<InviteOutcome> InviteFocusAsync(SipUri factory)
    {
        var result = await account.Sessions.Invite(factory, MessageDescription.Offer(LocalAddress, Accepted), this, AddSubject)
            .Completion.ConfigureAwait(false);
        _focus = result.Session;
        return result;
    }

    /// <summary>Ends a session with a focus that is of no use.</summary>
    public void Leave(InviteSession focus)
    {
        _focus = null;
        End(focus);
    }

    /// <summary>The peer is in the room: its session takes the place of the one there was.</summary>
    /// <returns>False where the conversation has ended, or has moved elsewhere, meanwhile.</returns>
    public bool MoveTo(InviteSession focus, SipUri room)
    {
        InviteSession? old;
        lock (_gate)
        {
            old = _leaving;
            if (old is null || _session != old || _isClosed || focus.State != InviteSessionState.Established)
            {
                return false;
            }

            DeliverFirstText(null);
            (_session, _leaving, _leavingEnd, _hasSessions) = (focus, null, null, true);
            conversation.EnterConference(room);
            Advance();
        }

        End(old);
        return true;
    }

    /// <summary>There is no move: what waits goes on where it was.</summary>
    public void Release()
    {
        lock (_gate)
        {
            var (old, end) = (_leaving, _leavingEnd);
            (_leaving, _leavingEnd) = (null, null);
            if (old is not null && end is not null && _session == old)
            {
                OnLost(end);
            }
            else
            {
                Advance();
            }
        }
    }

    /// <summary>
    /// A focus asks us to let the chat of two move into its room (RFC 3891). It is followed without asking: it is the same
    /// conversation, and the person in it wants it so.
    /// </summary>
    public void OnMove(IncomingInvite invite, DialogId replaced, SipUri room, ReadOnlySpan<byte> offer)
    {
        var answer = offer.IsEmpty
            ? MessageDescription.Offer(LocalAddress, Accepted)
            : MessageDescription.Answer(offer, LocalAddress, account.Address, Accepted);
        InviteSession? old;
        Task sent;
        lock (_gate)
        {
            old = _session;
            if (answer is null || old is null || old.Dialog.Id != replaced)
            {
                invite.Reject(answer is null ? 488 : 481);
                return;
            }

            if (!IsMovedByPeer(invite.Request))
            {
                invite.Reject(403);
                return;
            }

            if (_leaving is not null && WinsGlare)
            {
                // Both sides move at once: ours goes on, and the peer follows it.
                invite.Reject(491);
                return;
            }

            if (invite.Accept(answer) is not { } session)
            {
                return;
            }

            DeliverFirstText(null);
            (_session, _leaving, _leavingEnd) = (session, null, null);
            conversation.EnterConference(room);
            sent = _lastSent;
            Advance();
        }

        _ = EndAfterAsync(sent, old);
    }

    /// <summary>The server is there again. A room is asked whether it still knows us; one that does not, or was lost, is joined again.</summary>
    public async Task ProbeAsync()
    {
        lock (_gate)
        {
            if (_isCutOff && State == ConversationState.Disconnected && !_isClosed)
            {
                Connect();
                return;
            }
        }

        if (Current is { } session && IsOfRoom(session))
        {
            try
            {
                await SendInTurnAsync(session, session.CreateRequest(SipMethods.Info)).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SipTransportException)
            {
                // The account signs out.
            }
        }
    }

    /// <summary>The session in use has ended without us.</summary>
    private void OnLost(SessionEnd ending)
    {
        _session = null;
        DeliverFirstText(null);
        // A room that says it had lost us has not put us out.
        var isBye = ending.Reason is SessionEndReason.RemoteBye && !(conversation.IsConference && ByeReason.IsLost(ending));
        Enter(ConversationState.Disconnected, isBye ? ConversationStateReason.PeerLeft : ConversationStateReason.PeerLost);
        _isCutOff = conversation.IsConference && !isBye;
        if (_isCutOff && !_isClosed)
        {
            // A room is there also for who was lost: whoever was in it comes back by its URI.
            Connect();
        }
        else
        {
            Advance();
        }
    }

    // On whose word the focus asks (RFC 3892): only the person of the chat can take it elsewhere.
    private bool IsMovedByPeer(SipRequest invite) =>
        NameAddress.TryParse(invite.Headers.Get(HeaderId.ReferredBy), out var by) && by.Uri is { } uri
        && uri.AddressOfRecord.Equals(conversation.Target.AddressOfRecord);

    private void AddSubject(SipRequest request)
    {
        if (conversation.Subject is { Length: > 0 } subject)
        {
            request.Headers.Add(HeaderId.Subject, new string([.. subject.Select(c => char.IsControl(c) ? ' ' : c)]));
        }
    }

    // What is under way in the old session ends first; it was sent before the move.
    private static async Task EndAfterAsync(Task sent, InviteSession session)
    {
        await sent.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        End(session);
    }
}
