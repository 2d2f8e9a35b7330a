using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ComIm.Com.Interop;

/// <summary>
/// The way into a single-threaded apartment: a hidden message-only window of the thread. A posted message wakes it, and
/// when the host pumps, the waiting events of its sinks are delivered there, in the order in which they were raised, whichever
/// of its sinks they are for. One message serves many events, but no more than <see cref="BatchSize"/>, so that the host's own
/// messages get their turn.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe class StaWindow : ISinkThread
{
    private const int BatchSize = 64;
    private const int DeliverMessage = NativeMethods.FirstAppMessage + 1;
    private const string ClassName = "ComIm.Events";

    private static readonly ConcurrentDictionary<nint, StaWindow> Windows = new();
    private static readonly Lazy<ushort> WindowClass = new(Register);

    [ThreadStatic]
    private static StaWindow? _current;

    private readonly nint _window;
    private readonly Thread _thread = Thread.CurrentThread;

    // A sink's queue stands here once for each event that waits in it.
    private readonly ConcurrentQueue<SinkQueue> _order = new();

    // Queues of other kinds. Touched by the window's own thread only.
    private readonly List<IDeliveryQueue> _queues = [];
    private int _posted;

    private StaWindow()
    {
        _window = NativeMethods.CreateWindowExW(
            0, WindowClass.Value, 0, 0, 0, 0, 0, 0, NativeMethods.MessageOnlyParent, 0, NativeMethods.GetModuleHandleW(null), 0);
        if (_window == 0)
        {
            throw new HResultException(
                HResults.CannotConnect, $"No window for events could be made (Windows error {Marshal.GetLastPInvokeError()}).");
        }

        Windows[_window] = this;
    }

    /// <summary>The window of the calling thread, made on first use.</summary>
    public static StaWindow Current => _current ??= new StaWindow();

    public bool IsCurrent => _current == this;

    public bool IsGone => !_thread.IsAlive;

    public void Serve(IDeliveryQueue queue)
    {
        // Sinks' queues come with their events.
        if (queue is not SinkQueue)
        {
            _queues.Add(queue);
        }
    }

    public void Wake(SinkQueue queue)
    {
        _order.Enqueue(queue);
        Wake();
    }

    public void Wake()
    {
        // One message is enough. Where it cannot be posted (the thread's queue is full, or the thread is gone) the mark
        // is taken back, so that the next event tries again; what waits stays in the sinks' queues, up to their bound.
        if (Interlocked.Exchange(ref _posted, 1) == 0 && !NativeMethods.PostMessageW(_window, DeliverMessage, 0, 0))
        {
            Volatile.Write(ref _posted, 0);
        }
    }

    private static ushort Register()
    {
        // The class name has to be terminated; string literals are.
        fixed (char* name = ClassName)
        {
            var definition = new NativeMethods.WindowClass
            {
                Size = sizeof(NativeMethods.WindowClass),
                Procedure = (nint)(delegate* unmanaged<nint, int, nint, nint, nint>)&Procedure,
                Instance = NativeMethods.GetModuleHandleW(null),
                ClassName = name,
            };
            return NativeMethods.RegisterClassExW(&definition);
        }
    }

    [UnmanagedCallersOnly]
    private static nint Procedure(nint window, int message, nint wParam, nint lParam)
    {
        if (message == DeliverMessage && Windows.TryGetValue(window, out var target))
        {
            target.DeliverAll();
            return 0;
        }

        if (message == NativeMethods.DestroyedMessage)
        {
            Windows.TryRemove(window, out _);
        }

        return NativeMethods.DefWindowProcW(window, message, wParam, lParam);
    }

    private void DeliverAll()
    {
        // Before delivering: what is raised from now on posts a message of its own. A full fence, or the look at the queue could come first.
        Interlocked.Exchange(ref _posted, 0);
        for (var i = 0; i < BatchSize && _order.TryDequeue(out var next); i++)
        {
            next.Deliver(1);
        }

        var more = !_order.IsEmpty;

        // A copy, because a sink may advise, unadvise, or pump and so come in here again.
        foreach (var queue in _queues.ToArray())
        {
            more |= queue.Deliver(BatchSize);
        }

        _queues.RemoveAll(static q => q.IsReleased);
        if (more)
        {
            Wake();
        }
    }
}
