using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>A note as scripts see it.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImNote))]
internal sealed class NoteObject(Property text) : DispatchObject, IComImNote
{
    public IComImProperty Text => text;
}
