using System.Runtime.InteropServices;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Observables;

/// <summary>Something that is kept up to date until this is disposed of. No callback belongs to it.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImListener))]
internal sealed class Subscription(IDisposable? source) : DispatchObject, IComImListener
{
    private bool _disposed;

    public bool IsActive => !Volatile.Read(ref _disposed);

    public int Dropped => 0;

    public int Failed => 0;

    public string LastError => "";

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _disposed, true))
        {
            source?.Dispose();
        }
    }
}
