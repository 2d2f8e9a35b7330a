using ComIm.Client.Conversations;
using ComIm.Client.Messaging;
using ComIm.Sip;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Client.Sessions;

/// <summary>The messages of a session: they wait until it is connected, and then go one after another.</summary>
internal sealed partial class ConversationSession
{
    // A connection that breaks can take two: the session's way is gone, and the session, once there is another way.
    private const int MaxLosses = 3;

    // Sessions in a row that ended before they carried anything.
    private const int MaxFruitless = 2;

    private readonly List<OutgoingMessage> _queue = [];
    private Task _lastSent = Task.CompletedTask;
    private Task _sending = Task.CompletedTask;
    private SessionBody? _answer;
    private bool _isSending;
    private bool _hasSessions;
    private bool _isPagerOnly;
    private bool _isSessionOnly;
    private bool _isPagerNow;
    private int _fruitless;

    private bool WantsSession => conversation.IsGroup || account.Settings.MessagingMode switch
    {
        MessagingMode.Pager => false,
        MessagingMode.Session => true,
        _ => State is ConversationState.Connecting or ConversationState.Requested or ConversationState.Connected
            || _isSessionOnly || (_hasSessions && !_isPagerOnly),
    };

    /// <summary>Whether the next message would go as a pager message.</summary>
    public bool TakesPager
    {
        get
        {
            lock (_gate)
            {
                return !WantsSession;
            }
        }
    }

    /// <summary>
    /// Takes a message. One goes after the other, in a session or outside: a person is sent no pager message while another is
    /// under way (RFC 3428 section 8).
    /// </summary>
    public void Take(OutgoingMessage message)
    {
        lock (_gate)
        {
            _fruitless = _queue.Count == 0 ? 0 : _fruitless;
            _queue.Add(message);
            Advance();
        }
    }

    /// <summary>
    /// Sends a request in the session when no other is under way: over UDP one that is lost and sent again would come behind
    /// its successor, and be refused (RFC 3261 section 12.2.2).
    /// </summary>
    public Task<SipOutcome> SendInTurnAsync(InviteSession session, SipRequest request)
    {
        lock (_gate)
        {
            var sent = RunAfterAsync(_lastSent, session, () => session.SendAsync(request));
            _lastSent = sent;
            return sent;
        }
    }

    /// <summary>Tells the peer, in turn, that we are reached elsewhere from now on.</summary>
    public void Refresh()
    {
        lock (_gate)
        {
            if (_session is { } session)
            {
                var refreshed = RunAfterAsync(_lastSent, session, () => session.RefreshAsync());
                _lastSent = refreshed;
                _ = LeaveWhereLostAsync(session, refreshed);
            }
        }
    }

    /// <summary>A text is about to be delivered: the first text of the INVITE, where it was another one, goes before it.</summary>
    /// <param name="next">The text; null where there will be none.</param>
    public void DeliverFirstText(string? next)
    {
        string? first;
        lock (_gate)
        {
            (first, _firstText) = (_firstText, null);
        }

        if (first is not null && next?.Trim() != first.Trim())
        {
            account.Receiver.Deliver(conversation, first);
        }
    }

    private static async Task<SipOutcome> RunAfterAsync(Task previous, InviteSession session, Func<Task<SipOutcome>> send)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        await session.Acknowledged.ConfigureAwait(false);
        return await send().ConfigureAwait(false);
    }

    /// <summary>Does what the state allows for the messages that wait.</summary>
    private void Advance()
    {
        if (_queue.Count == 0)
        {
            return;
        }

        if (_isClosed)
        {
            FailAll(new ImException(ImError.NotSignedIn, $"{account.Address} is signed out."));
            return;
        }

        switch (State)
        {
            case ConversationState.Requested:
                TakeIncoming();
                break;
            case ConversationState.Connected:
                Send();
                break;
            case ConversationState.Idle or ConversationState.Disconnected when _isPagerNow || !WantsSession:
                _isPagerNow = true;
                Send();
                break;
            case ConversationState.Idle or ConversationState.Disconnected when _fruitless++ >= MaxFruitless:
                FailAll(new ImException(ImError.RecipientUnavailable, $"{conversation.Peer} ends every session. Try again later."));
                break;
            case ConversationState.Idle or ConversationState.Disconnected:
                Connect();
                break;
        }
    }

    private void Send()
    {
        if (!_isSending)
        {
            _isSending = true;
            _sending = Task.Run(SendAllAsync);
        }
    }

    private async Task SendAllAsync()
    {
        while (TakeNext(out var session) is { } message)
        {
            try
            {
                conversation.Enter(message.Message, MessageStatus.Sending);
                var outcome = await conversation.Sender.SendAsync(message.Message, message.Options, session).ConfigureAwait(false);
                OnSent(message, session, outcome);
            }
            catch (Exception e)
            {
                // Whatever is wrong with one message, those behind it go on.
                FailAfter(e, message);
            }
        }
    }

    private void FailAfter(Exception e, OutgoingMessage message)
    {
        lock (_gate)
        {
            // It may have been put back before.
            _queue.Remove(message);
        }

        try
        {
            conversation.Fail(message.Message, e is OperationCanceledException or ObjectDisposedException or SipTransportException
                ? new ImException(ImError.NotSignedIn, $"{account.Address} was signed out.", 0, null, e)
                : ImFailures.Unwritable(e));
        }
        finally
        {
            message.Settle();
        }
    }

    private OutgoingMessage? TakeNext(out InviteSession? session)
    {
        lock (_gate)
        {
            session = _session;
            var isPagerNow = _isPagerNow && State is ConversationState.Idle or ConversationState.Disconnected;
            if (_queue.Count > 0 && _leaving is null && (State == ConversationState.Connected || isPagerNow))
            {
                var next = _queue[0];
                _queue.RemoveAt(0);
                return next;
            }

            _isPagerNow &= _queue.Count > 0;
            _isSending = false;
            return null;
        }
    }

    private void OnSent(OutgoingMessage message, InviteSession? session, SipOutcome outcome)
    {
        lock (_gate)
        {
            if (session is not null && !_isClosed && outcome.Failure is null)
            {
                if ((IsSessionLost(outcome) || IsOvertaken(session, outcome)) && ++message.Losses < MaxLosses)
                {
                    // Nobody there knew the session, or nobody was there, so nobody has read it.
                    PutBack(message);
                    OnSessionUseless(session, ConversationState.Disconnected, ConversationStateReason.PeerLost);
                    return;
                }

                if (IsPagerOnly(outcome) && !conversation.IsGroup && account.Settings.MessagingMode == MessagingMode.Auto)
                {
                    PutBack(message);
                    (_isPagerOnly, _isPagerNow) = (true, true);
                    OnSessionUseless(session, ConversationState.Idle, ConversationStateReason.PagerOnly);
                    return;
                }
            }

            if (session is null && !_isClosed && IsSessionOnly(outcome) && !_isPagerOnly && account.Settings.MessagingMode == MessagingMode.Auto)
            {
                PutBack(message);
                (_isSessionOnly, _isPagerNow) = (true, false);
                Advance();
                return;
            }

            if (session is not null && !_isClosed && IsUnsent(outcome) && ++message.Losses < MaxLosses)
            {
                // The way of the session has gone, with a server or with an address of ours; another one has its own.
                PutBack(message);
                OnSessionUseless(session, ConversationState.Disconnected, ConversationStateReason.PeerLost);
                return;
            }

            _fruitless = outcome.IsSuccess ? 0 : _fruitless;
        }

        conversation.Settle(message.Message, outcome);
        message.Settle();
    }

    private void PutBack(OutgoingMessage message)
    {
        _queue.Insert(0, message);
        conversation.Enter(message.Message, MessageStatus.Queued);
    }

    private void OnSessionUseless(InviteSession session, ConversationState state, ConversationStateReason reason)
    {
        if (_session == session)
        {
            (_session, _isCutOff) = (null, conversation.IsConference);
            Enter(state, reason);
            End(session);
        }

        Advance();
    }

    private async Task LeaveWhereLostAsync(InviteSession session, Task<SipOutcome> refreshed)
    {
        await ((Task)refreshed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (refreshed.IsCompletedSuccessfully && IsSessionLost(await refreshed.ConfigureAwait(false)))
        {
            lock (_gate)
            {
                if (_session == session)
                {
                    OnLost(new SessionEnd(SessionEndReason.PeerLost, null));
                    End(session);
                }
            }
        }
    }

    // The statuses that end a dialog (RFC 5057 section 5.1), that of a flow that has failed (RFC 5626 section 11.5), and what a
    // widespread proxy says of one.
    private static bool IsSessionLost(SipOutcome outcome) =>
        outcome.Failure is null && outcome.StatusCode is 404 or 410 or 416 or 430 or 477 or 481 or 484 or 485 or 502 or 604;

    // The BYE of a session that we have given up for another may overtake what was written in it: that is then out of order, and
    // refused unread (RFC 3261 section 12.2.2).
    private static bool IsOvertaken(InviteSession session, SipOutcome outcome) =>
        outcome.StatusCode == 500 && session.State != InviteSessionState.Established;

    private static bool IsUnsent(SipOutcome outcome) => outcome.Failure?.Fault is SipTransportFault.Unreachable or SipTransportFault.FlowClosed;

    // 481 is what servers and phones say that look for the session of every MESSAGE.
    private static bool IsSessionOnly(SipOutcome outcome) => outcome.Failure is null && outcome.StatusCode is 405 or 481 or 488 or 501;

    private void FailAll(ImException cause)
    {
        foreach (var message in _queue)
        {
            conversation.Fail(message.Message, cause);
            message.Settle();
        }

        _queue.Clear();
    }
}
