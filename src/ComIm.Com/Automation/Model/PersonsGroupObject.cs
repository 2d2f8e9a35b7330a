using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>A group of contacts as scripts see it.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImPersonsGroup))]
internal sealed class PersonsGroupObject(string name, Func<object, Task<object?>> add, Func<object, Task> remove)
    : DispatchObject, IComImPersonsGroup
{
    public IComImProperty Name { get; } = new Property(name);

    public IComImCollection Persons => PersonList;

    public IComImCollection Groups => GroupList;

    internal Collection PersonList { get; } = new() { OnAdd = add, OnRemove = remove };

    internal Collection GroupList { get; } = new();
}
