using System.Globalization;
using ComIm.Sip.Events;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Dialogs;

/// <summary>A REFER of ours and the subscription that it makes by itself (RFC 3515), inside a session or on its own.</summary>
public sealed class OutgoingRefer : IDialogUsage
{
    private readonly SessionAgent _agent;
    private readonly SipRequest _request;
    private readonly Action<ReferProgress>? _progress;
    private readonly TaskCompletionSource<SipOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ReferProgress> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly bool _isAlone;
    private Dialog? _dialog;
    private ClientRequest? _client;
    private TimerQueue.Entry? _expiry;
    private ReferProgress _last = new(0, string.Empty, false);

    private OutgoingRefer(SessionAgent agent, Dialog? dialog, SipRequest request, Action<ReferProgress>? progress)
    {
        _agent = agent;
        _dialog = dialog;
        _isAlone = dialog is null;
        _request = request;
        _progress = progress;
    }

    /// <summary>The answer to the REFER itself: 202 where it is taken up.</summary>
    public Task<SipOutcome> Outcome => _outcome.Task;

    /// <summary>The last word on it; status 0 where none ever came.</summary>
    public Task<ReferProgress> Completion => _completion.Task;

    internal static OutgoingRefer Start(
        SessionAgent agent, Dialog? dialog, SipRequest request, NameAddress referTo, Action<ReferProgress>? progress, Action<SipRequest>? prepare)
    {
        agent.Describe(request);
        request.Headers.Add(HeaderId.ReferTo, referTo.ToString());
        request.Headers.Add(HeaderId.ReferredBy, "<" + agent.Options.Identity.UriText + ">");
        prepare?.Invoke(request);
        var refer = new OutgoingRefer(agent, dialog, request, progress);
        _ = refer.RunAsync();
        return refer;
    }

    bool IDialogUsage.TryHandle(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (request.Method != SipMethods.Notify || !IsOurs(EventHeader.Of(request)))
        {
            return false;
        }

        if (!SipFragment.TryRead(request.Body.Span, out var status, out var reason))
        {
            transaction.Respond(400, "Invalid sipfrag");
            return true;
        }

        Open(() => Dialog.FromNotify(_client!.LastSent!, request));
        transaction.Respond(200);
        var state = SubscriptionStateHeader.Of(request);
        Report(new ReferProgress(status, reason, state is null or { IsTerminated: true }), state?.Expires);
        return true;
    }

    private async Task RunAsync()
    {
        _client = _agent.Agent.Prepare(_request, _dialog?.Sequence ?? new LocalSequence(0), null);
        if (_dialog is not null)
        {
            _agent.Dialogs.Add(_dialog, this);
        }
        else
        {
            _agent.Dialogs.Expect(_request.CallId!, _request.From!.Tag!, this);
        }

        var target = _dialog is null
            ? _agent.Agent.Outbound
            : await _agent.Agent.LocateAsync(_dialog.NextHop, CancellationToken.None).ConfigureAwait(false);
        var outcome = await _client.SendAsync(target).ConfigureAwait(false);
        if (!outcome.IsSuccess || IsWithoutSubscription(outcome.Response))
        {
            Report(_last with { StatusCode = outcome.IsSuccess ? 0 : outcome.StatusCode, IsLast = true }, null);
        }
        else
        {
            _dialog?.Receive(SipMethods.Refer, outcome.Response);
            Open(() => Dialog.FromResponse(_client.LastSent!, outcome.Response));
            if (_last.StatusCode == 0)
            {
                // The first NOTIFY has to come at once (RFC 3515 section 2.4.4; RFC 6665 timer N).
                SetExpiry(_agent.Stack.Timers.Timeout);
            }
        }

        _outcome.TrySetResult(outcome);
    }

    /// <summary>The peer took the REFER without a subscription (RFC 4488).</summary>
    private static bool IsWithoutSubscription(SipResponse response) =>
        string.Equals(response.Headers.Get(HeaderId.ReferSub), "false", StringComparison.OrdinalIgnoreCase);

    // The first REFER of a dialog may be reported on without an id (RFC 3515 section 2.4.6).
    private bool IsOurs(EventHeader? header) => header is { Package: "refer" }
        && (header.Id is null || header.Id == _client?.LastSequence.ToString(CultureInfo.InvariantCulture));

    private void Open(Func<Dialog> create)
    {
        lock (_gate)
        {
            if (_dialog is null)
            {
                _dialog = create();

                // In this order: a NOTIFY that comes in between finds one of the two.
                _agent.Dialogs.Add(_dialog, this);
                _agent.Dialogs.Forget(_request.CallId!, _request.From!.Tag!);
            }
        }
    }

    private void Report(ReferProgress progress, TimeSpan? expires)
    {
        lock (_gate)
        {
            if (_last.IsLast)
            {
                return;
            }

            _last = progress;
        }

        if (progress.IsLast)
        {
            Close(progress);
        }
        else if (expires is { } lifetime)
        {
            SetExpiry(lifetime);
        }

        _agent.Stack.Guard(() => _progress?.Invoke(progress));
    }

    private void SetExpiry(TimeSpan lifetime)
    {
        lock (_gate)
        {
            _expiry?.Cancel();
            _expiry = _agent.Stack.Schedule(lifetime, () => Report(_last with { IsLast = true }, null));
        }
    }

    private void Close(ReferProgress progress)
    {
        lock (_gate)
        {
            _expiry?.Cancel();
        }

        if (_isAlone)
        {
            _agent.Dialogs.Forget(_request.CallId!, _request.From!.Tag!);
        }

        if (_dialog is not null)
        {
            _agent.Dialogs.Remove(_dialog, this);
        }

        _completion.TrySetResult(progress);
    }
}
