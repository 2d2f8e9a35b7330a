using ComIm.Sip.Messages;

namespace ComIm.Sip.Dialogs;

/// <summary>
/// An INVITE of ours until it is answered or refused (RFC 3261 section 13.2). Every branch that answers makes a dialog; the
/// first 2xx makes the session.
/// </summary>
public sealed class OutgoingInvite
{
    private const int MaxTimerRefusals = 2;

    // More places than anybody is at once. Each new tag of a provisional response makes a dialog and a session.
    private const int MaxEarlyBranches = 64;

    private readonly SessionAgent _agent;
    private readonly SipRequest _request;
    private readonly SessionBody? _offer;
    private readonly ISessionHandler _handler;
    private readonly LocalSequence _sequence = new(0);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Branch> _branches = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<InviteOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ClientRequest? _client;
    private Branch? _winner;
    private bool _isAnswered;
    private bool _isCancelled;

    internal OutgoingInvite(SessionAgent agent, SipRequest request, SessionBody? offer, ISessionHandler handler)
    {
        _agent = agent;
        _request = request;
        _offer = offer;
        _handler = handler;
    }

    /// <summary>The Call-ID.</summary>
    public string CallId => _request.CallId!;

    /// <summary>How it ended. Never fails: a refusal is a result.</summary>
    public Task<InviteOutcome> Completion => _completion.Task;

    /// <summary>The branches that have answered so far, in whatever state.</summary>
    public IReadOnlyList<InviteSession> Branches
    {
        get
        {
            lock (_gate)
            {
                return [.. _branches.Values.Select(b => b.Session)];
            }
        }
    }

    /// <summary>
    /// Takes the INVITE back (RFC 3261 section 9.1). <see cref="Completion"/> then has 487, or what was faster; a 2xx that
    /// crosses is acknowledged and ended by BYE.
    /// </summary>
    public void Cancel()
    {
        lock (_gate)
        {
            if (_isAnswered)
            {
                return;
            }

            _isCancelled = true;
        }

        _client?.Cancel();
    }

    internal void Start() => _ = RunAsync();

    private async Task RunAsync()
    {
        for (var refusals = 0; ; refusals++)
        {
            var client = _agent.Agent.Prepare(_request, _sequence, OnResponse);
            _client = client;
            if (_isCancelled)
            {
                client.Cancel();
            }

            var outcome = await client.SendAsync(_agent.Agent.Outbound).ConfigureAwait(false);
            if (outcome.IsSuccess)
            {
                return;
            }

            if (outcome.StatusCode == 422 && refusals < MaxTimerRefusals && outcome.Failure is null)
            {
                // Too short for somebody on the way (RFC 4028 section 7.4): the same call, asked again.
                SessionNegotiation.Offer(_request, _agent.Options.Timer, null, SessionExpires.MinOf(outcome.Response));
                continue;
            }

            Refused(outcome);
            return;
        }
    }

    private void OnResponse(SipRequest sent, SipResponse response)
    {
        if (response.IsSuccess)
        {
            Answered(sent, response);
        }
        else if (response.IsProvisional && response.StatusCode > 100)
        {
            Progressed(sent, response);
        }
    }

    private void Progressed(SipRequest sent, SipResponse response)
    {
        if (response.To?.Tag is { } tag && MayBegin(tag))
        {
            FindBranch(sent, response, out _);
        }

        _agent.Stack.Guard(() => _handler.OnProgress(this, response));
    }

    private void Answered(SipRequest sent, SipResponse response)
    {
        var branch = FindBranch(sent, response, out var isFirstOfAll);
        var session = branch.Session;
        bool isNew;
        lock (_gate)
        {
            isNew = !branch.IsAnswered;
            branch.IsAnswered = true;
            if (isNew)
            {
                session.Dialog.Confirm(response);
            }
        }

        branch.Ack.Send(sent, () => AnswerInAck(session, response));
        if (!isNew)
        {
            return;
        }

        if (isFirstOfAll)
        {
            _agent.Stack.Schedule(_agent.Stack.Timers.Timeout, EndUnanswered);
        }

        if (_isCancelled)
        {
            session.EndByBye(SessionEndReason.NotAnswered);
            _completion.TrySetResult(new InviteOutcome(new SipOutcome(response, null), null));
            return;
        }

        session.Establish(response, _offer);
        if (isFirstOfAll)
        {
            _completion.TrySetResult(new InviteOutcome(new SipOutcome(response, null), session));
        }
        else if (!IsWanted(session))
        {
            session.EndByBye(SessionEndReason.NotWanted);
        }
    }

    private SessionBody? AnswerInAck(InviteSession session, SipResponse response)
    {
        SessionBody? answer = null;
        _agent.Stack.Guard(() => answer = _offer is null ? _handler.AnswerInAck(session, response) : null);
        return answer;
    }

    private bool IsWanted(InviteSession session)
    {
        var isWanted = false;
        _agent.Stack.Guard(() => isWanted = _handler.OnFurtherAnswer(session));
        return isWanted;
    }

    private bool MayBegin(string tag)
    {
        lock (_gate)
        {
            return _branches.Count < MaxEarlyBranches || _branches.ContainsKey(tag);
        }
    }

    /// <summary>The branch that a response comes from; made with its dialog where it is the first (RFC 3261 section 12.1.2).</summary>
    private Branch FindBranch(SipRequest sent, SipResponse response, out bool isFirstAnswer)
    {
        var tag = response.To?.Tag ?? string.Empty;
        lock (_gate)
        {
            if (!_branches.TryGetValue(tag, out var branch))
            {
                var dialog = Dialog.FromResponse(sent, response);
                var session = new InviteSession(_agent, dialog, _handler, isCaller: true);
                branch = new Branch(session, new SuccessAck(_agent.Agent, dialog));
                _branches.Add(tag, branch);
                _agent.Dialogs.Add(dialog, session);
            }

            isFirstAnswer = response.IsSuccess && _winner is null;
            if (isFirstAnswer)
            {
                _winner = branch;
                _isAnswered = true;
            }

            branch.Session.NotePeer(response);
            return branch;
        }
    }

    // A refusal ends every early dialog (RFC 3261 section 13.2.2.3).
    private void Refused(SipOutcome outcome)
    {
        foreach (var session in Branches)
        {
            session.End(new SessionEnd(SessionEndReason.NotAnswered, outcome.Response));
        }

        _completion.TrySetResult(new InviteOutcome(outcome, null));
    }

    // 64*T1 after the first 2xx no further one can come (RFC 3261 section 13.2.2.4).
    private void EndUnanswered()
    {
        foreach (var session in Branches.Where(s => s.State == InviteSessionState.Early))
        {
            session.End(new SessionEnd(SessionEndReason.NotAnswered));
        }
    }

    private sealed class Branch(InviteSession session, SuccessAck ack)
    {
        public InviteSession Session { get; } = session;

        public SuccessAck Ack { get; } = ack;

        public bool IsAnswered { get; set; }
    }
}
