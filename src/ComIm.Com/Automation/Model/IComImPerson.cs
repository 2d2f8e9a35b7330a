using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;

namespace ComIm.Com.Automation.Model;

/// <summary>A person, in whatever conversations.</summary>
[ComVisible(true)]
[Guid(ContractIds.PersonInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
public interface IComImPerson
{
    /// <summary>The SIP address.</summary>
    [DispId(1)]
    IComImProperty Id { get; }

    /// <summary>The name.</summary>
    [DispId(2)]
    IComImProperty DisplayName { get; }
}
