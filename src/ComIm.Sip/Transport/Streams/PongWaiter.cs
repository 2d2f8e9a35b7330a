namespace ComIm.Sip.Transport.Streams;

/// <summary>
/// Tells pings from pongs (RFC 5626 section 3.5.1): a line end is the pong where one is awaited, else half of a ping. It
/// also learns whether the peer answers pings at all.
/// </summary>
internal sealed class PongWaiter
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<bool>? _awaited;
    private Answers _peer = Answers.Unknown;
    private bool _isHalfPing;

    private enum Answers
    {
        Unknown,
        Always,
        Never,
    }

    /// <summary>A ping is about to be sent: what completes with its pong; null where the peer never answers.</summary>
    public Task<bool>? Expect()
    {
        lock (_gate)
        {
            return _peer == Answers.Never
                ? null
                : (_awaited ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>A line end has come in; true where it completes a ping that is to be answered.</summary>
    public bool TakeLineEnd()
    {
        lock (_gate)
        {
            if (_awaited is { } awaited)
            {
                (_awaited, _peer, _isHalfPing) = (null, Answers.Always, false);
                awaited.TrySetResult(true);
                return false;
            }

            _isHalfPing = !_isHalfPing;
            return !_isHalfPing;
        }
    }

    /// <summary>The pong did not come in time; true where that means that the peer is dead.</summary>
    public bool GiveUp()
    {
        lock (_gate)
        {
            _awaited = null;
            if (_peer == Answers.Unknown)
            {
                _peer = Answers.Never;
            }

            return _peer == Answers.Always;
        }
    }

    /// <summary>The connection has ended.</summary>
    public void Fail(SipTransportException cause)
    {
        lock (_gate)
        {
            _awaited?.TrySetException(cause);
            _awaited = null;
        }
    }
}
