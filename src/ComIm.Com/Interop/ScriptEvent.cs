using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>One event that was raised: its name and its arguments, of which the events of the UCC API have two.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IScriptEvent))]
internal sealed class ScriptEvent(string name, object?[] arguments) : DispatchObject, IScriptEvent
{
    public string Name { get; } = name;

    public object? Source => arguments.ElementAtOrDefault(0) ?? Nothing.Value;

    public object? Data => arguments.ElementAtOrDefault(1) ?? Nothing.Value;
}
