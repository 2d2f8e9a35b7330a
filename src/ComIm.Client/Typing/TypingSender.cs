namespace ComIm.Client.Typing;

/// <summary>
/// Our side's typing as the peer is told of it: the composer of RFC 3994 section 3.2. It is idle or active; each input is a
/// method.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="send">Says that we type, or no longer.</param>
/// <param name="refresh">After how long it is to be said again.</param>
internal sealed class TypingSender(TimeProvider time, Func<bool, Task> send, Func<TimeSpan> refresh)
{
    private readonly Lock _gate = new();
    private ITimer? _idleTimer;
    private ITimer? _refreshTimer;

    public bool IsActive { get; private set; }

    /// <summary>Something was typed.</summary>
    public Task OnTyped()
    {
        lock (_gate)
        {
            Restart(ref _idleTimer, TypingTimes.Idle, OnIdleTimer);
            if (IsActive)
            {
                return Task.CompletedTask;
            }

            IsActive = true;
            Restart(ref _refreshTimer, refresh(), OnRefreshTimer);
        }

        return send(true);
    }

    /// <summary>The user has stopped without sending.</summary>
    public Task OnStopped() => Stop() ? send(false) : Task.CompletedTask;

    /// <summary>A message is sent: it says by itself that we no longer type.</summary>
    public void OnSent() => Stop();

    private void OnIdleTimer(ITimer timer)
    {
        lock (_gate)
        {
            if (timer != _idleTimer)
            {
                return;
            }
        }

        _ = OnStopped();
    }

    private void OnRefreshTimer(ITimer timer)
    {
        lock (_gate)
        {
            if (timer != _refreshTimer)
            {
                return;
            }

            Restart(ref _refreshTimer, refresh(), OnRefreshTimer);
        }

        _ = send(true);
    }

    private bool Stop()
    {
        lock (_gate)
        {
            var wasActive = IsActive;
            IsActive = false;
            _idleTimer?.Dispose();
            _refreshTimer?.Dispose();
            (_idleTimer, _refreshTimer) = (null, null);
            return wasActive;
        }
    }

    private void Restart(ref ITimer? timer, TimeSpan delay, Action<ITimer> onDue)
    {
        timer?.Dispose();
        timer = OneShot.Start(time, delay, onDue);
    }
}
