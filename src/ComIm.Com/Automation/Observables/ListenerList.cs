using ComIm.Com.Automation.Callbacks;

namespace ComIm.Com.Automation.Observables;

/// <summary>The listeners of one event of one object.</summary>
internal sealed class ListenerList
{
    private readonly Lock _gate = new();
    private Listener[] _listeners = [];

    public Listener Add(object callback, Func<object?[], bool>? filter = null, bool isOnce = false, IDisposable? following = null)
    {
        var listener = new Listener(Callback.Take(callback), Remove) { Filter = filter, IsOnce = isOnce, Following = following };
        lock (_gate)
        {
            _listeners = [.. _listeners, listener];
        }

        return listener;
    }

    /// <summary>Tells every listener; never waits for one.</summary>
    public void Post(params object?[] arguments)
    {
        foreach (var listener in Volatile.Read(ref _listeners))
        {
            listener.Post(arguments);
        }
    }

    private void Remove(Listener listener)
    {
        lock (_gate)
        {
            _listeners = [.. _listeners.Where(l => l != listener)];
        }
    }
}
