namespace ComIm.Com.Hosting;

/// <summary>
/// Whether anybody still needs a server process. COM does not tell an object of .NET that its last client has gone; the
/// garbage collector does, some time later.
/// </summary>
internal sealed class ClientCount
{
    private readonly Lock _gate = new();
    private readonly List<WeakReference> _objects = [];
    private int _locks;

    /// <summary>An object has been made for a client.</summary>
    public void Add(object made)
    {
        lock (_gate)
        {
            _objects.Add(new WeakReference(made));
        }
    }

    /// <summary>A client wants the server to stay, or no longer.</summary>
    public void Lock(bool isLocked)
    {
        lock (_gate)
        {
            _locks += isLocked ? 1 : -1;
        }
    }

    /// <summary>Whether nobody has anything of this server any more, after a collection of what is not used.</summary>
    public bool IsZero()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        lock (_gate)
        {
            _objects.RemoveAll(static o => !o.IsAlive);
            return _objects.Count == 0 && _locks <= 0;
        }
    }
}
