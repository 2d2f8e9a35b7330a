using System.Globalization;
using ComIm.Sip.Dialogs;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Events;

/// <summary>
/// One dialog of a subscription from its first SUBSCRIBE to its end (RFC 6665 section 4.1, figure 1). It is made by the 2xx or
/// by the first NOTIFY, whichever is first; it never comes back.
/// </summary>
internal sealed class SubscriptionDialog : IDialogUsage
{
    private readonly SipUserAgent _agent;
    private readonly DialogTable _dialogs;
    private readonly SubscriptionSettings _settings;
    private readonly Action<Notification> _notified;
    private readonly Action<SubscriptionStatus, SubscriptionEnding?> _changed;
    private readonly string _callId = SipTokens.NewCallId();
    private readonly string _localTag = SipTokens.NewTag();
    private readonly LocalSequence _sequence = new(0);
    private readonly Lock _gate = new();
    private readonly TaskQueue _requests = new();
    private Dialog? _dialog;
    private ClientRequest? _client;
    private TimerQueue.Entry? _refresh;
    private TimerQueue.Entry? _expiry;
    private TimerQueue.Entry? _timerN;
    private TimeSpan _lifetime;
    private bool _isEnding;

    public SubscriptionDialog(
        SipUserAgent agent,
        DialogTable dialogs,
        SubscriptionSettings settings,
        Action<Notification> notified,
        Action<SubscriptionStatus, SubscriptionEnding?> changed)
    {
        _agent = agent;
        _dialogs = dialogs;
        _settings = settings;
        _notified = notified;
        _changed = changed;
        _lifetime = settings.Lifetime ?? settings.Package.DefaultLifetime;
    }

    public SubscriptionStatus Status { get; private set; }

    private SipTimers Timers => _agent.Stack.Timers;

    /// <summary>Subscribes.</summary>
    /// <returns>The answer to the SUBSCRIBE.</returns>
    public async Task<SipOutcome> StartAsync()
    {
        _dialogs.Expect(_callId, _localTag, this);
        Enter(SubscriptionStatus.NotifyWait, null);
        SipOutcome? outcome = null;
        await _requests.Run(async () => outcome = await SubscribeAsync(_lifetime).ConfigureAwait(false)).ConfigureAwait(false);
        return outcome!;
    }

    /// <summary>Unsubscribes: the notifier has the last word, or timer N (section 4.1.2.3).</summary>
    public Task StopAsync() => _requests.Run(async () =>
    {
        if (Status is SubscriptionStatus.Terminated)
        {
            return;
        }

        _isEnding = true;
        if (_dialog is null)
        {
            End(new SubscriptionEnding(RetryDecision.Never));
            return;
        }

        var outcome = await SubscribeAsync(TimeSpan.Zero).ConfigureAwait(false);
        if (!outcome.IsSuccess)
        {
            End(new SubscriptionEnding(RetryDecision.Never));
        }
    });

    public bool TryHandle(ServerTransaction transaction)
    {
        var request = transaction.Request;
        if (!_settings.Dialect.IsNotification(request) || Status == SubscriptionStatus.Terminated)
        {
            return false;
        }

        var header = EventHeader.Of(request);
        if (header is not null && (!header.Package.Equals(_settings.Package.Name, StringComparison.OrdinalIgnoreCase) || header.Id != _settings.Id))
        {
            // Another subscription's, if it is anybody's: then 481, or 489 where it came before any dialog.
            return _dialog is null && Answer(transaction, 489);
        }

        lock (_gate)
        {
            if (_dialog is null)
            {
                _dialog = Open(Dialog.FromNotify(_client!.LastSent!, request));
            }
            else if (_dialog.Id.RemoteTag != (request.From?.Tag ?? string.Empty))
            {
                // A fork of the SUBSCRIBE; one dialog is enough (section 4.4.1; 481 ends the other).
                return false;
            }
        }

        Answer(transaction, 200);
        Receive(Notification.Of(request));
        return true;
    }

    private bool Answer(ServerTransaction transaction, int status)
    {
        if (_settings.Dialect.IsAnswered(transaction.Request.Method))
        {
            transaction.Respond(status);
        }
        else
        {
            transaction.Abandon();
        }

        return true;
    }

    private void Receive(Notification notification)
    {
        lock (_gate)
        {
            _timerN?.Cancel();
        }

        _notified(notification);
        var state = notification.State;
        if (state is { IsTerminated: true })
        {
            var retry = _isEnding ? RetryDecision.Never : SubscriptionRetry.AfterTermination(state.Reason, state.RetryAfter);
            End(new SubscriptionEnding(retry, state.Reason));
            return;
        }

        // A value of an extension counts as pending: nothing says that it is more (section 4.1.3).
        Enter(state is null or { State: "active" } ? SubscriptionStatus.Active : SubscriptionStatus.Pending, null);
        if (state?.Expires is { } left && left < _lifetime)
        {
            SetLifetime(left);
        }
    }

    private async Task RefreshAsync()
    {
        if (!_isEnding && Status is not SubscriptionStatus.Terminated)
        {
            await SubscribeAsync(_lifetime).ConfigureAwait(false);
        }
    }

    private async Task<SipOutcome> SubscribeAsync(TimeSpan lifetime)
    {
        while (true)
        {
            var isRefresh = _dialog is not null;
            if (lifetime == TimeSpan.Zero || !isRefresh || _settings.Dialect.NotifiesOnRefresh)
            {
                SetTimerN();
            }

            var outcome = await SendAsync(CreateRequest(lifetime)).ConfigureAwait(false);
            if (outcome.IsSuccess)
            {
                Granted(outcome.Response, lifetime);
                return outcome;
            }

            if (outcome.StatusCode == 423 && TryRaise(outcome.Response, ref lifetime))
            {
                continue;
            }

            Refused(outcome, isRefresh);
            return outcome;
        }
    }

    private async Task<SipOutcome> SendAsync(SipRequest request)
    {
        var sequence = _dialog?.Sequence ?? _sequence;
        _client = _agent.Prepare(request, sequence, (sent, response) => _dialog?.Receive(SipMethods.Subscribe, response));
        var target = _dialog is null
            ? _agent.Outbound
            : await _agent.LocateAsync(_dialog.NextHop, CancellationToken.None).ConfigureAwait(false);
        return await _client.SendAsync(target).ConfigureAwait(false);
    }

    private void Granted(SipResponse response, TimeSpan asked)
    {
        lock (_gate)
        {
            if (Status == SubscriptionStatus.Terminated)
            {
                return;
            }

            _dialog ??= Open(Dialog.FromResponse(_client!.LastSent!, response));
        }

        if (asked > TimeSpan.Zero)
        {
            var granted = SipNumber.TryParse(response.Headers.GetBytes(HeaderId.Expires), out var seconds) ? TimeSpan.FromSeconds(seconds) : asked;
            SetLifetime(granted < asked ? granted : asked);
        }

        if (_settings.Dialect.FindIn(response) is { } first)
        {
            Receive(first);
        }
    }

    private void Refused(SipOutcome outcome, bool isRefresh)
    {
        var retryAfter = RetryAfterHeader.Of(outcome.Response);
        if (!isRefresh || SubscriptionErrors.EndsSubscription(outcome.StatusCode))
        {
            var retry = _isEnding ? RetryDecision.Never : SubscriptionRetry.AfterRefusal(outcome.StatusCode, retryAfter);
            End(new SubscriptionEnding(retry, null, outcome.Response));
            return;
        }

        // It lasts as long as was granted; there may be time for another try (section 4.1.2.2).
        lock (_gate)
        {
            _timerN?.Cancel();
            _refresh = _agent.Stack.Schedule(retryAfter ?? TimeSpan.FromSeconds(10), () => _ = _requests.Run(RefreshAsync));
        }
    }

    private bool TryRaise(SipResponse response, ref TimeSpan lifetime)
    {
        if (!SipNumber.TryParse(response.Headers.GetBytes(HeaderId.MinExpires), out var least)
            || least <= lifetime.TotalSeconds || lifetime == TimeSpan.Zero || least > TimeSpan.FromDays(1).TotalSeconds)
        {
            return false;
        }

        _lifetime = lifetime = TimeSpan.FromSeconds(least);
        return true;
    }

    private Dialog Open(Dialog dialog)
    {
        _dialogs.Add(dialog, this);
        _dialogs.Forget(_callId, _localTag);
        return dialog;
    }

    private void SetLifetime(TimeSpan lifetime)
    {
        lock (_gate)
        {
            _refresh?.Cancel();
            _expiry?.Cancel();
            if (Status == SubscriptionStatus.Terminated)
            {
                return;
            }

            // Early enough that a slow server does not let it end between.
            var refresh = lifetime.TotalSeconds > 120 ? lifetime - TimeSpan.FromSeconds(60) : lifetime / 2;
            _refresh = _agent.Stack.Schedule(refresh, () => _ = _requests.Run(RefreshAsync));
            _expiry = _agent.Stack.Schedule(lifetime, () => End(new SubscriptionEnding(RetryDecision.After(TimeSpan.Zero), "timeout")));
        }
    }

    private void SetTimerN()
    {
        lock (_gate)
        {
            _timerN?.Cancel();
            _timerN = _agent.Stack.Schedule(
                Timers.Timeout, () => End(new SubscriptionEnding(_isEnding ? RetryDecision.Never : SubscriptionRetry.AfterRefusal(408, null))));
        }
    }

    private void Enter(SubscriptionStatus status, SubscriptionEnding? ending)
    {
        lock (_gate)
        {
            if (Status == status || Status == SubscriptionStatus.Terminated)
            {
                return;
            }

            Status = status;
        }

        _changed(status, ending);
    }

    private void End(SubscriptionEnding ending)
    {
        lock (_gate)
        {
            _refresh?.Cancel();
            _expiry?.Cancel();
            _timerN?.Cancel();
        }

        _dialogs.Forget(_callId, _localTag);
        if (_dialog is not null)
        {
            _dialogs.Remove(_dialog, this);
        }

        Enter(SubscriptionStatus.Terminated, ending);
    }

    private SipRequest CreateRequest(TimeSpan lifetime)
    {
        var request = _dialog?.CreateRequest(SipMethods.Subscribe) ?? CreateFirst();
        request.Headers.Add(HeaderId.Contact, _settings.Contact.ToString());
        request.Headers.Add(HeaderId.Event, new EventHeader(_settings.Package.Name, _settings.Id).ToString());
        request.Headers.Add(HeaderId.Accept, string.Join(", ", _settings.Package.ContentTypes));
        request.Headers.Add(HeaderId.Expires, ((long)Math.Ceiling(lifetime.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
        if (lifetime > TimeSpan.Zero)
        {
            _settings.Body?.WriteTo(request);
        }

        _settings.Dialect.Prepare(request);
        _settings.Prepare?.Invoke(request);
        return request;
    }

    private SipRequest CreateFirst()
    {
        var target = _settings.Target.WithoutHeaders();
        var request = new SipRequest(SipMethods.Subscribe, target);
        request.Headers.Add(HeaderId.From, _settings.Identity.With("tag", _localTag).ToString());
        request.Headers.Add(HeaderId.To, new NameAddress(target).ToString());
        request.Headers.Add(HeaderId.CallId, _callId);
        request.Headers.Add(HeaderId.CSeq, new CSeq(1, SipMethods.Subscribe).ToString());
        return request;
    }
}
