using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ComIm.Com.Interop;

namespace ComIm.Com.UccApi.Objects;

/// <summary>
/// In the process of a COM client there is one platform: who creates the class again gets an object that stands for the first,
/// until that one is shut down or let go of. A surrogate serves many clients, so there each has its own; and so has managed
/// code, which shares an object by sharing it.
/// </summary>
public partial class UccPlatform
{
    private static readonly Lock ProcessGate = new();
    private static WeakReference<UccPlatform>? _ofProcess;

    private readonly UccPlatform? _first;

    /// <summary>An object that stands for another.</summary>
    internal UccPlatform(UccPlatform first)
        : this(first._options, first._overrides) => _first = first;

    private protected override DispatchObject Stand => _first ?? this;

    private bool IsOver
    {
        get
        {
            lock (_gate)
            {
                return _state == State.ShutDown;
            }
        }
    }

    private UccPlatform? JoinProcess()
    {
        if (!OperatingSystem.IsWindows() || !IsClientsProcess())
        {
            return null;
        }

        lock (ProcessGate)
        {
            if (_ofProcess?.TryGetTarget(out var first) == true && !first.IsOver && IsHeld(first))
            {
                return first;
            }

            _ofProcess = new WeakReference<UccPlatform>(this);
            return null;
        }
    }

    // A program of .NET has an entry assembly; what a native host has loaded through the comhost has none.
    private static bool IsClientsProcess() => Assembly.GetEntryAssembly() is null
        && !string.Equals(Path.GetFileName(Environment.ProcessPath), "dllhost.exe", StringComparison.OrdinalIgnoreCase);

    // The collector has not come yet for what every client has released.
    [SupportedOSPlatform("windows")]
    private static bool IsHeld(UccPlatform platform) => Marshal.Release(Marshal.GetIUnknownForObject(platform)) > 0;
}
