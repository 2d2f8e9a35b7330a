using ComIm.Sip.Transactions;

namespace ComIm.Sip.Dialogs;

/// <summary>Keeps the terms of one session (RFC 4028 section 10): says when to refresh and when the session has expired.</summary>
internal sealed class SessionTimer(Func<TimeSpan, Action, TimerQueue.Entry> schedule, Action refresh, Action expire)
{
    private readonly Lock _gate = new();
    private TimerQueue.Entry? _refresh;
    private TimerQueue.Entry? _end;
    private bool _isStopped;

    /// <summary>The terms in force; null where there is no timer.</summary>
    public SessionTerms? Terms { get; private set; }

    /// <summary>A 2xx has gone by: the interval begins anew.</summary>
    public void Set(SessionTerms? terms)
    {
        lock (_gate)
        {
            Clear();
            if (_isStopped)
            {
                return;
            }

            if (terms is not null)
            {
                _end = schedule(terms.EndAfter, expire);
                _refresh = terms.WeRefresh ? schedule(terms.RefreshAfter, refresh) : null;
            }

            // Last, for it is read without the gate: terms that are seen are in force.
            Terms = terms;
        }
    }

    /// <summary>The session is over.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            Terms = null;
            Clear();
        }
    }

    private void Clear()
    {
        _end?.Cancel();
        _refresh?.Cancel();
        (_end, _refresh) = (null, null);
    }
}
