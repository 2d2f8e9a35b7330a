using ComIm.Sip.Dialogs;

namespace ComIm.Sip.Events;

/// <summary>
/// A subscription that is kept: refreshed in time, and made anew when it ends for a reason that allows it (RFC 6665 section
/// 4.1). Each attempt is a dialog of its own.
/// </summary>
public sealed class Subscription
{
    private readonly SipUserAgent _agent;
    private readonly DialogTable _dialogs;
    private readonly ISubscriptionHandler _handler;
    private readonly Lock _gate = new();
    private SubscriptionDialog? _current;
    private Transactions.TimerQueue.Entry? _retry;
    private int _failures;
    private bool _isStopped;

    /// <summary>Makes a subscription; nothing is sent yet.</summary>
    /// <param name="agent">Sends the requests.</param>
    /// <param name="dialogs">Finds the dialog of a notification; the stack's <see cref="SipStack.Filter"/>.</param>
    /// <param name="settings">What is subscribed to.</param>
    /// <param name="handler">Follows it.</param>
    public Subscription(SipUserAgent agent, DialogTable dialogs, SubscriptionSettings settings, ISubscriptionHandler handler)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _agent = agent;
        _dialogs = dialogs;
        _handler = handler;
        Settings = settings;
    }

    /// <summary>What is subscribed to.</summary>
    public SubscriptionSettings Settings { get; }

    /// <summary>Where it stands.</summary>
    public SubscriptionStatus Status { get; private set; }

    /// <summary>Subscribes.</summary>
    /// <returns>The answer to the first SUBSCRIBE; what follows is the handler's to see.</returns>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public Task<SipOutcome> StartAsync()
    {
        lock (_gate)
        {
            if (_current is not null || _isStopped)
            {
                throw new InvalidOperationException("A subscription is started once.");
            }

            _current = CreateDialog();
        }

        return _current.StartAsync();
    }

    /// <summary>Unsubscribes (RFC 6665 section 4.1.2.3). It is not sought again.</summary>
    public async Task StopAsync()
    {
        SubscriptionDialog? current;
        lock (_gate)
        {
            _isStopped = true;
            _retry?.Cancel();
            current = _current;
        }

        if (current is { Status: not SubscriptionStatus.Terminated })
        {
            await current.StopAsync().ConfigureAwait(false);
        }
        else
        {
            Enter(SubscriptionStatus.Terminated, null);
        }
    }

    private SubscriptionDialog CreateDialog() =>
        new(_agent, _dialogs, Settings, notification => _agent.Stack.Guard(() => _handler.OnNotified(this, notification)), OnChanged);

    private void OnChanged(SubscriptionStatus status, SubscriptionEnding? ending)
    {
        if (status is SubscriptionStatus.Active or SubscriptionStatus.Pending)
        {
            _failures = 0;
        }

        if (status != SubscriptionStatus.Terminated)
        {
            Enter(status, ending);
            return;
        }

        _failures++;
        lock (_gate)
        {
            if (_isStopped || ending is not { Retry.Retries: true })
            {
                status = SubscriptionStatus.Terminated;
            }
            else
            {
                status = SubscriptionStatus.Recovering;
                _retry = _agent.Stack.Schedule(
                    SubscriptionRetry.Delay(ending.Retry, _failures, Random.Shared.NextDouble()), Restart);
            }
        }

        Enter(status, ending);
    }

    private void Restart()
    {
        SubscriptionDialog next;
        lock (_gate)
        {
            if (_isStopped)
            {
                return;
            }

            next = _current = CreateDialog();
        }

        _ = next.StartAsync();
    }

    private void Enter(SubscriptionStatus status, SubscriptionEnding? ending)
    {
        if (Status != status)
        {
            Status = status;
            _agent.Stack.Guard(() => _handler.OnStatusChanged(this, status, ending));
        }
    }
}
