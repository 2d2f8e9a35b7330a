using System.Runtime.InteropServices;

namespace ComIm.Com.Automation.Model;

/// <summary>The people: oneself, the contacts, and anybody by address.</summary>
[ComVisible(true)]
[Guid(ContractIds.PersonsAndGroupsManagerInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
public interface IComImPersonsAndGroupsManager
{
    /// <summary>Oneself. Setting its status, activity or note publishes it.</summary>
    [DispId(1)]
    IComImPerson MePerson { get; }

    /// <summary>The group of all contacts.</summary>
    [DispId(2)]
    IComImPersonsGroup All { get; }

    /// <summary>The person of an address, a contact or not.</summary>
    /// <param name="person">A SIP address.</param>
    [DispId(3)]
    IComImPerson GetPerson(object person);
}
