using System.Runtime.InteropServices;
using ComIm.Com.Automation.Callbacks;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Observables;

/// <summary>
/// One callback that listens. At most <see cref="Capacity"/> calls wait for it, those that came first; what comes while so many
/// wait is dropped, for this listener and no other, and <see cref="Dropped"/> counts it.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImListener))]
internal sealed class Listener(Callback callback, Action<Listener> onDisposed) : DispatchObject, IComImListener
{
    /// <summary>How many calls may wait for one callback.</summary>
    public const int Capacity = 4096;

    private int _waiting;
    private int _dropped;
    private int _failed;
    private bool _disposed;

    public bool IsActive => !Volatile.Read(ref _disposed);

    public int Dropped => Volatile.Read(ref _dropped);

    public int Failed => Volatile.Read(ref _failed);

    public string LastError { get; private set; } = "";

    /// <summary>Which calls are for it; null means all.</summary>
    internal Func<object?[], bool>? Filter { get; init; }

    /// <summary>Whether the first call is the last.</summary>
    internal bool IsOnce { get; init; }

    /// <summary>What keeps the value up to date for it.</summary>
    internal IDisposable? Following { get; init; }

    /// <summary>Has the callback called on its own thread; never waits for it.</summary>
    public void Post(params object?[] arguments)
    {
        if (!IsActive || Filter?.Invoke(arguments) == false)
        {
            return;
        }

        bool hasHost;
        if (Interlocked.Increment(ref _waiting) > Capacity)
        {
            Interlocked.Decrement(ref _waiting);
            Interlocked.Increment(ref _dropped);
            hasHost = callback.Wake();
        }
        else
        {
            hasHost = callback.Post(() => Call(arguments));
        }

        if (!hasHost)
        {
            if (callback.IsGivenUp)
            {
                Interlocked.Add(ref _dropped, Interlocked.Exchange(ref _waiting, 0));
            }

            Dispose();
        }
        else if (IsOnce)
        {
            onDisposed(this);
        }
    }

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _disposed, true))
        {
            onDisposed(this);
            callback.Release();
            Following?.Dispose();
        }
    }

    private void Call(object?[] arguments)
    {
        Interlocked.Decrement(ref _waiting);
        if (!IsActive)
        {
            return;
        }

        var result = callback.Invoke(arguments);
        if (result.HResult < 0)
        {
            Interlocked.Increment(ref _failed);
            LastError = result.Description ?? $"0x{result.HResult:X8}";
        }

        if (IsOnce || HostErrors.IsGone(result.HResult))
        {
            Dispose();
        }
    }
}
