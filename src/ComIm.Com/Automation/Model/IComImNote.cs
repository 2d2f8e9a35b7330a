using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;

namespace ComIm.Com.Automation.Model;

/// <summary>What a person has written of their presence.</summary>
[ComVisible(true)]
[Guid(ContractIds.NoteInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
public interface IComImNote
{
    /// <summary>The text; Empty where there is none. It is followed as the status is; of oneself it can be set.</summary>
    [DispId(1)]
    IComImProperty Text { get; }
}
