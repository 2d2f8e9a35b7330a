using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;

namespace ComIm.Com.Automation.Model;

/// <summary>A group of contacts.</summary>
[ComVisible(true)]
[Guid(ContractIds.PersonsGroupInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
public interface IComImPersonsGroup
{
    /// <summary>Its name; empty for the group of all.</summary>
    [DispId(1)]
    IComImProperty Name { get; }

    /// <summary>The contacts in it. Adding an address makes a contact; removing from the group of all ends it.</summary>
    [DispId(2)]
    IComImCollection Persons { get; }

    /// <summary>The groups in it: those of the contacts, in the group of all.</summary>
    [DispId(3)]
    IComImCollection Groups { get; }
}
