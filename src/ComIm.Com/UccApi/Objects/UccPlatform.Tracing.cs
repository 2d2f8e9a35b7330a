using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Tracing;

namespace ComIm.Com.UccApi.Objects;

/// <summary>
/// Tracing: what goes over the wire is written to <c>Tracing\NAME.uccapilog</c> in the user's profile, NAME being the application's.
/// It is off until an application switches it on, and is remembered for its next run.
/// </summary>
public partial class UccPlatform : IUccTraceSettings
{
    private TraceLog? _trace;

    /// <summary>Whether tracing is on.</summary>
    public bool TracingEnabled => Volatile.Read(ref (_first ?? this)._trace) != null;

    /// <summary>Where traces are.</summary>
    internal string TraceFolder { get; init; } =
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Tracing");

    /// <summary>What remembers that tracing is on.</summary>
    internal ITraceSwitch TraceSwitch { get; init; } = OperatingSystem.IsWindows() ? RegistryTraceSwitch.Instance : NoTraceSwitch.Instance;

    /// <summary>Switches tracing on, for this run and for later ones.</summary>
    /// <exception cref="HResultException">E_ACCESSDENIED: the file cannot be written. UCC_E_PLATFORM_NOT_INITIALIZED.</exception>
    public void EnableTracing()
    {
        if (_first != null)
        {
            _first.EnableTracing();
            return;
        }

        DemandInitialized();
        try
        {
            StartTrace();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HResultException(HResults.AccessDenied, $"The trace cannot be written: {e.Message}", e);
        }

        TraceSwitch.Set(ApplicationName, isOn: true);
    }

    /// <summary>Switches tracing off; the file stays.</summary>
    public void DisableTracing()
    {
        if (_first != null)
        {
            _first.DisableTracing();
            return;
        }

        DemandInitialized();
        StopTrace();
        TraceSwitch.Set(ApplicationName, isOn: false);
    }

    // What was switched on in an earlier run must not keep the application from starting.
    private void ResumeTrace()
    {
        try
        {
            if (TraceSwitch.IsOn(ApplicationName))
            {
                StartTrace();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is no trace, as TracingEnabled says.
        }
    }

    private void StartTrace()
    {
        lock (_gate)
        {
            if (_trace == null)
            {
                var trace = TraceLog.Open(TraceLog.PathOf(TraceFolder, ApplicationName));
                trace.Write(Time.GetUtcNow(), $"{_options.UserAgent}, tracing {ApplicationName}");
                Volatile.Write(ref _trace, trace);
            }
        }
    }

    private void StopTrace()
    {
        lock (_gate)
        {
            _trace?.Dispose();
            Volatile.Write(ref _trace, null);
        }
    }
}
