using ComIm.Server.Registrar;
using ComIm.Sip.Transactions;

namespace ComIm.Server.Proxy;

/// <summary>One place that a request is sent to, and its timer C (RFC 3261 section 16.6 step 11).</summary>
internal sealed class ForkBranch
{
    /// <summary>How long an INVITE may ring: more than 3 minutes.</summary>
    private static readonly TimeSpan TimerC = TimeSpan.FromSeconds(181);

    private readonly ITimer? _timerC;
    private readonly Lock _gate = new();
    private bool _isCancelWanted;
    private bool _isEnded;

    /// <summary>Makes a branch that is not sent yet.</summary>
    /// <param name="binding">Where it goes.</param>
    /// <param name="share">Its part of the breadth.</param>
    /// <param name="time">The clock of timer C; null where the request is no INVITE.</param>
    public ForkBranch(Binding binding, int share, TimeProvider? time)
    {
        Binding = binding;
        Share = share;

        // Cancelled, the branch ends with 487, or with 408 where nobody is there any more (section 16.8).
        _timerC = time?.CreateTimer(static b => ((ForkBranch)b!).Cancel(), this, TimerC, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Where it goes.</summary>
    public Binding Binding { get; }

    /// <summary>Its part of the breadth of the request, free again when it has ended (RFC 5393 section 5.3.2).</summary>
    public int Share { get; }

    /// <summary>Its client transaction, once it is sent.</summary>
    public ClientTransaction? Transaction { get; private set; }

    /// <summary>It has been sent. The first answer may be here already, and with it a wish to cancel.</summary>
    /// <param name="transaction">Its client transaction.</param>
    public void OnSent(ClientTransaction transaction)
    {
        bool isCancelWanted;
        lock (_gate)
        {
            Transaction = transaction;
            isCancelWanted = _isCancelWanted;
        }

        if (isCancelWanted)
        {
            transaction.Cancel();
        }
    }

    /// <summary>Takes it back, where it is an INVITE that has not been answered; at once, or when it has been sent.</summary>
    public void Cancel()
    {
        ClientTransaction? transaction;
        lock (_gate)
        {
            _isCancelWanted = true;
            transaction = Transaction;
        }

        transaction?.Cancel();
    }

    /// <summary>Somebody is ringing: it may take as long again (section 16.7 step 2).</summary>
    /// <param name="statusCode">100 does not count.</param>
    public void RestartTimerC(int statusCode)
    {
        if (statusCode > 100 && !_isEnded)
        {
            _timerC?.Change(TimerC, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Ends it; false where it has ended before. The caller holds the lock of the context.</summary>
    public bool TryEnd()
    {
        if (_isEnded)
        {
            return false;
        }

        _isEnded = true;
        _timerC?.Dispose();
        return true;
    }
}
