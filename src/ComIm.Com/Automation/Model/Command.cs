using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>A method as an object, for late binding: <c>chatService.accept.enabled.when(true, fn)</c>. Calling it calls the method.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(ICommand))]
internal sealed class Command(Func<object?, object?, IComImPromise> run, bool isEnabled) : DispatchObject, ICommand
{
    private readonly Property _enabled = new(isEnabled);

    public IComImProperty Enabled => _enabled;

    public IComImPromise Run([Optional] object? first, [Optional] object? second) => run(first, second);

    /// <summary>Whether the method makes sense now.</summary>
    public void Enable(bool isEnabled) => _enabled.Change(isEnabled);
}
