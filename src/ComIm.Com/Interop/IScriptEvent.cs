using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>An event as a script that waits for it gets it.</summary>
internal interface IScriptEvent
{
    /// <summary>Its name, as <c>OnEnable</c>.</summary>
    [DispId(0)]
    string Name { get; }

    /// <summary>The object that raised it.</summary>
    [DispId(1)]
    object? Source { get; }

    /// <summary>What the event brought.</summary>
    [DispId(2)]
    object? Data { get; }
}
