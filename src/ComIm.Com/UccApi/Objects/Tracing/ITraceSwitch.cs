namespace ComIm.Com.UccApi.Objects.Tracing;

/// <summary>Remembers from run to run whether an application is traced.</summary>
internal interface ITraceSwitch
{
    /// <summary>Whether it is on.</summary>
    bool IsOn(string applicationName);

    /// <summary>Remembers it; where that cannot be, it is forgotten at the end of the run.</summary>
    void Set(string applicationName, bool isOn);
}
