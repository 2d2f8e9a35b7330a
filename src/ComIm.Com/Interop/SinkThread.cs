namespace ComIm.Com.Interop;

/// <summary>
/// A thread of its own for one sink that lives in no single-threaded apartment: a multi-threaded COM client, or a C#
/// object. A sink that hangs stalls this thread and nothing else. It ends when its queue is closed.
/// </summary>
#pragma warning disable CA1001 // Its thread disposes of the event when it ends.
internal sealed class SinkThread : ISinkThread
#pragma warning restore CA1001
{
    private readonly AutoResetEvent _wake = new(false);
    private Thread? _thread;
    private int _isAwake;

    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>It lives as long as its queue.</summary>
    public bool IsGone => false;

    public void Serve(IDeliveryQueue queue)
    {
        // The queue keeps this object alive, and the thread keeps the queue: background, so that it holds no process.
        _thread = new Thread(() => Run(queue)) { IsBackground = true, Name = "ComIm events" };
        if (OperatingSystem.IsWindows())
        {
            _thread.SetApartmentState(ApartmentState.MTA);
        }

        _thread.Start();
    }

    public void Wake()
    {
        // A thread that has been woken and has not looked yet sees this event, too; to wake it costs much more than the event.
        if (Interlocked.Exchange(ref _isAwake, 1) == 1)
        {
            return;
        }

        try
        {
            _wake.Set();
        }
        catch (ObjectDisposedException)
        {
            // The queue was closed and its thread has ended: there is nobody to wake.
        }
    }

    private void Run(IDeliveryQueue queue)
    {
        while (!queue.IsReleased)
        {
            if (!queue.Deliver(int.MaxValue) && !queue.IsReleased)
            {
                _wake.WaitOne();
                Volatile.Write(ref _isAwake, 0);
            }
        }

        _wake.Dispose();
    }
}
