using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Sip.Dialogs;

/// <summary>
/// Sends a 2xx to an INVITE again until its ACK comes, over every transport, since a proxy on the way may have lost it (RFC
/// 3261 section 13.3.1.4).
/// </summary>
internal sealed class SuccessRetransmission
{
    private readonly SipStack _stack;
    private readonly ServerTransaction _transaction;
    private readonly SipResponse _response;
    private readonly Action _onTimeout;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private TimeSpan _interval;
    private TimerQueue.Entry? _retransmit;
    private TimerQueue.Entry? _timeout;

    public SuccessRetransmission(SipStack stack, ServerTransaction transaction, SipResponse response, Action onTimeout)
    {
        _stack = stack;
        _transaction = transaction;
        _response = response;
        _onTimeout = onTimeout;
        _interval = stack.Timers.T1;
    }

    /// <summary>The ACK has come, or is given up.</summary>
    public Task Done => _done.Task;

    /// <summary>Whether the INVITE had no offer: then the ACK has the answer.</summary>
    public bool ExpectsAnswer => _transaction.Request.Body.IsEmpty;

    /// <summary>The 2xx has been sent.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (!_done.Task.IsCompleted)
            {
                _retransmit = _stack.Schedule(_interval, OnRetransmitTimer);
                _timeout = _stack.Schedule(_stack.Timers.Timeout, OnTimeoutTimer);
            }
        }
    }

    /// <summary>An ACK has come.</summary>
    /// <returns>True where it is the first one of this 2xx.</returns>
    public bool OnAck(SipRequest ack) => ack.CSeq?.Number == _transaction.Request.CSeq?.Number && Stop();

    /// <summary>Nothing is sent any more.</summary>
    public bool Stop()
    {
        lock (_gate)
        {
            _retransmit?.Cancel();
            _timeout?.Cancel();
            return _done.TrySetResult();
        }
    }

    private void OnRetransmitTimer()
    {
        lock (_gate)
        {
            if (_done.Task.IsCompleted)
            {
                return;
            }

            var doubled = _interval * 2;
            _interval = doubled < _stack.Timers.T2 ? doubled : _stack.Timers.T2;
            _retransmit = _stack.Schedule(_interval, OnRetransmitTimer);
        }

        _transaction.Respond(_response);
    }

    private void OnTimeoutTimer()
    {
        if (Stop())
        {
            _onTimeout();
        }
    }
}
