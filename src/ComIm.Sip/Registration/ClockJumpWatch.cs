namespace ComIm.Sip.Registration;

/// <summary>
/// Notices that the machine was suspended: then the clock on the wall has gone on by more than the time that passed between
/// two looks at it. One watch serves all registrations of a stack, with one of its timers, and only while there are any.
/// </summary>
internal sealed class ClockJumpWatch(SipStack stack)
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>How late a look may be on a busy machine, and how far the clock may be set, without meaning anything.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(15);

    private static readonly Action<object> OnDue = static w => ((ClockJumpWatch)w).Look();

    private readonly Lock _gate = new();
    private readonly HashSet<SipRegistration> _registrations = [];
    private DateTimeOffset _last;
    private bool _isLooking;

    /// <summary>Tells a registration of jumps from now on.</summary>
    public void Add(SipRegistration registration)
    {
        lock (_gate)
        {
            _registrations.Add(registration);
            if (!_isLooking)
            {
                LookLater();
            }
        }
    }

    /// <summary>Tells it no more.</summary>
    public void Remove(SipRegistration registration)
    {
        lock (_gate)
        {
            _registrations.Remove(registration);
        }
    }

    private void Look()
    {
        SipRegistration[] woken = [];
        lock (_gate)
        {
            if (stack.Time.GetUtcNow() - _last > Interval + Tolerance)
            {
                woken = [.. _registrations];
            }

            _isLooking = false;
            if (_registrations.Count > 0)
            {
                LookLater();
            }
        }

        foreach (var registration in woken)
        {
            registration.OnWoken();
        }
    }

    private void LookLater()
    {
        (_last, _isLooking) = (stack.Time.GetUtcNow(), true);
        stack.Schedule(Interval, OnDue, this);
    }
}
