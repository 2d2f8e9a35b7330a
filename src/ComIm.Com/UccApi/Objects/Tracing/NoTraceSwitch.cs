namespace ComIm.Com.UccApi.Objects.Tracing;

/// <summary>Where there is no registry nothing is remembered.</summary>
internal sealed class NoTraceSwitch : ITraceSwitch
{
    public static NoTraceSwitch Instance { get; } = new();

    public bool IsOn(string applicationName) => false;

    public void Set(string applicationName, bool isOn)
    {
    }
}
