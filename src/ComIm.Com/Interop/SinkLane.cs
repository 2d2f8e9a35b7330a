using System.Collections.Concurrent;

namespace ComIm.Com.Interop;

/// <summary>
/// One thread for the sinks of related objects that live in no single-threaded apartment: they are called one after the other, in
/// the order in which the events were raised. A sink that does not return in <see cref="Patience"/> keeps that thread for itself
/// and the events that wait for it; another thread goes on with everybody else's.
/// </summary>
#pragma warning disable CA1001 // COM knows no Dispose; the semaphore has no handle, and the timer goes with the last sink.
internal sealed class SinkLane(TimeProvider time) : ISinkThread
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<SinkQueue> _order = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly HashSet<SinkQueue> _busy = [];
    private Worker? _worker;
    private ITimer? _watch;
    private int _served;

    /// <summary>How long the others wait for a sink.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(1);

    public bool IsCurrent => Worker.Current?.Lane == this;

    /// <summary>How many sinks there are; for tests.</summary>
    internal int Served
    {
        get
        {
            lock (_gate)
            {
                return _served;
            }
        }
    }

    /// <summary>It lives as long as its sinks.</summary>
    public bool IsGone => false;

    public void Serve(IDeliveryQueue queue)
    {
        lock (_gate)
        {
            _served++;
            if (_worker == null)
            {
                StartWorker();
                _watch = time.CreateTimer(static lane => ((SinkLane)lane!).Watch(), this, Patience, Patience);
            }
        }

        // It is forgotten on its release, wherever that happens.
        ((SinkQueue)queue).OnReleased(Forget);
    }

    public void Wake(SinkQueue queue)
    {
        _order.Enqueue(queue);
        _waiting.Release();
    }

    public void Wake()
    {
        // A semaphore forgets nothing.
    }

    private void StartWorker()
    {
        var worker = _worker = new Worker(this);
        var thread = new Thread(() => Run(worker)) { IsBackground = true, Name = "ComIm events" };
        if (OperatingSystem.IsWindows())
        {
            thread.SetApartmentState(ApartmentState.MTA);
        }

        thread.Start();
    }

    private void Forget()
    {
        lock (_gate)
        {
            _served--;
        }

        // A worker that is not needed any more finds nothing to do, and goes.
        _waiting.Release();
    }

    private void Run(Worker self)
    {
        Worker.Current = self;
        while (true)
        {
            _waiting.Wait();
            if (!_order.TryDequeue(out var queue))
            {
                if (TryGo())
                {
                    return;
                }

                continue;
            }

            if (!Begin(self, queue))
            {
                continue;
            }

            queue.Deliver(1);
            if (End(self, queue))
            {
                DrainAlone(queue);
                return;
            }
        }
    }

    private bool TryGo()
    {
        lock (_gate)
        {
            if (_served > 0)
            {
                return false;
            }

            _watch?.Dispose();
            (_worker, _watch) = (null, null);
            return true;
        }
    }

    private bool Begin(Worker self, SinkQueue queue)
    {
        lock (_gate)
        {
            self.Since = time.GetTimestamp();
            return self.IsCalling = _busy.Add(queue);
        }
    }

    /// <returns>True where another worker has taken over meanwhile.</returns>
    private bool End(Worker self, SinkQueue queue)
    {
        lock (_gate)
        {
            self.IsCalling = false;
            if (!self.IsReplaced)
            {
                _busy.Remove(queue);
            }

            return self.IsReplaced;
        }
    }

    private void DrainAlone(SinkQueue queue)
    {
        while (true)
        {
            queue.Deliver(int.MaxValue);
            lock (_gate)
            {
                if (queue.IsEmpty)
                {
                    _busy.Remove(queue);
                    return;
                }
            }
        }
    }

    private void Watch()
    {
        lock (_gate)
        {
            if (_worker is { IsCalling: true } worker && time.GetElapsedTime(worker.Since) >= Patience)
            {
                worker.IsReplaced = true;
                StartWorker();
            }
        }
    }

    private sealed class Worker(SinkLane lane)
    {
        [ThreadStatic]
        private static Worker? _current;

        public static Worker? Current
        {
            get => _current;
            set => _current = value;
        }

        public SinkLane Lane { get; } = lane;

        public long Since { get; set; }

        public bool IsCalling { get; set; }

        public bool IsReplaced { get; set; }
    }
}
