namespace ComIm.Sip.Transactions;

/// <summary>
/// Hands requests over to the thread pool, those of one Call-ID in the order in which they came: the next one begins when the handler of
/// the one before has returned, or waits for something. Who sends several requests of a dialog without waiting for answers, as
/// some clients do over TCP, would else have them handled side by side and forwarded in any order, and those that are overtaken are
/// refused where they arrive (RFC 3261 section 12.2.2).
/// </summary>
/// <param name="run">Runs the handler of a request; it does not throw.</param>
internal sealed class HandlerLanes(Action<ServerTransaction> run)
{
    // Dialogs that share a lane wait for each other, which is short. There may be thousands of stacks in a process, most of them idle.
    private const int Count = 128;

    private readonly Lane?[] _lanes = new Lane?[Count];

    /// <summary>Queues a request.</summary>
    public void Post(ServerTransaction transaction)
    {
        if (LaneOf(transaction).TryEnter(transaction))
        {
            ThreadPool.UnsafeQueueUserWorkItem(transaction, preferLocal: false);
        }
    }

    /// <summary>Runs a request, and those that wait behind it.</summary>
    public void Run(ServerTransaction transaction)
    {
        var lane = LaneOf(transaction);
        for (var next = transaction; next is not null; next = lane.Leave())
        {
            run(next);
        }
    }

    private Lane LaneOf(ServerTransaction transaction)
    {
        ref var lane = ref _lanes[(uint)string.GetHashCode(transaction.Request.CallId, StringComparison.Ordinal) % Count];
        return lane ?? Interlocked.CompareExchange(ref lane, new Lane(), null) ?? lane;
    }

    private sealed class Lane
    {
        private readonly Lock _gate = new();
        private Queue<ServerTransaction>? _waiting;
        private bool _isTaken;

        /// <summary>True where nobody is in it: it is the caller's then; else the request waits.</summary>
        public bool TryEnter(ServerTransaction transaction)
        {
            lock (_gate)
            {
                if (_isTaken)
                {
                    (_waiting ??= new()).Enqueue(transaction);
                    return false;
                }

                return _isTaken = true;
            }
        }

        /// <summary>Gives the next one that waits; null where nobody does, and the lane is free.</summary>
        public ServerTransaction? Leave()
        {
            lock (_gate)
            {
                if (_waiting?.TryDequeue(out var next) == true)
                {
                    return next;
                }

                // What a burst has needed is not kept.
                _waiting = null;
                _isTaken = false;
                return null;
            }
        }
    }
}
