using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>Tracing: the switch is here; nothing is written yet.</summary>
public partial class UccPlatform : IUccTraceSettings
{
    private bool _isTracing;

    /// <summary>Whether tracing is on.</summary>
    public bool TracingEnabled => Volatile.Read(ref _isTracing);

    /// <summary>Switches tracing on.</summary>
    public void EnableTracing()
    {
        DemandInitialized();
        Volatile.Write(ref _isTracing, true);
    }

    /// <summary>Switches tracing off.</summary>
    public void DisableTracing()
    {
        DemandInitialized();
        Volatile.Write(ref _isTracing, false);
    }
}
