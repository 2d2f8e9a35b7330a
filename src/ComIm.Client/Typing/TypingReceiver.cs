namespace ComIm.Client.Typing;

/// <summary>The peer's typing as it tells us: RFC 3994 section 3.3. What is not said again in time is over.</summary>
/// <param name="time">The clock.</param>
/// <param name="onChanged">The peer types, or no longer; called in order, it may not block.</param>
internal sealed class TypingReceiver(TimeProvider time, Action<bool> onChanged)
{
    private readonly Lock _gate = new();
    private ITimer? _timer;

    public bool IsActive { get; private set; }

    /// <summary>A notice has come.</summary>
    public void OnNotice(TypingNotice notice)
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = notice.IsActive ? OneShot.Start(time, notice.Lifetime, OnTimer) : null;
            Enter(notice.IsActive);
        }
    }

    /// <summary>A message has come, or the session is over: the peer no longer types.</summary>
    public void OnStopped()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
            Enter(false);
        }
    }

    private void OnTimer(ITimer timer)
    {
        lock (_gate)
        {
            if (timer == _timer)
            {
                _timer = null;
                Enter(false);
            }
        }
    }

    private void Enter(bool isActive)
    {
        if (IsActive != isActive)
        {
            IsActive = isActive;
            onChanged(isActive);
        }
    }
}
