using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Callbacks;

/// <summary>
/// Calls outside single-threaded apartments: on whatever thread of <see cref="CallbackThreads"/> is free, one at a time and in
/// order. All but the queue belongs to those threads, under their lock.
/// </summary>
internal sealed class AnyThread(CallbackThreads threads) : ISinkThread
{
    private bool _closed;

    public bool IsCurrent => false;

    /// <summary>Whether its listener hung when too many did already, so that it is not called again.</summary>
    public bool IsGone => Volatile.Read(ref _closed);

    /// <summary>What is called.</summary>
    public CallQueue? Queue { get; private set; }

    /// <summary>Whether it waits for a thread or has one.</summary>
    public bool IsScheduled { get; set; }

    /// <summary>Whether a call may have come since its turn began.</summary>
    public bool IsWoken { get; set; }

    /// <summary>When the call under way began.</summary>
    public long Since { get; set; }

    /// <summary>Whether the call under way has lasted too long.</summary>
    public bool IsHung { get; set; }

    public void Serve(IDeliveryQueue queue) => Queue = (CallQueue)queue;

    public void Wake() => threads.Schedule(this);

    /// <summary>Calls it never again.</summary>
    public void Close() => Volatile.Write(ref _closed, true);
}
