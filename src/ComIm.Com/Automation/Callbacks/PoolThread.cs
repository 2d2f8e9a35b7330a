using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Callbacks;

/// <summary>
/// Calls outside single-threaded apartments: on whatever thread of the pool is free, one at a time and in order. A call that
/// hangs costs a thread of the pool, which makes another.
/// </summary>
internal sealed class PoolThread : ISinkThread
{
    private IDeliveryQueue? _queue;
    private int _wakes;

    public bool IsCurrent => false;

    public bool IsGone => false;

    public void Serve(IDeliveryQueue queue) => _queue = queue;

    public void Wake()
    {
        if (Interlocked.Increment(ref _wakes) == 1)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static thread => thread.Run(), this, preferLocal: false);
        }
    }

    private void Run()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _wakes);
            _queue?.Deliver(int.MaxValue);
        }
        while (Interlocked.CompareExchange(ref _wakes, 0, seen) != seen);
    }
}
