using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;

namespace ComIm.Com.Automation.Model;

/// <summary>What was said in a conversation.</summary>
[ComVisible(true)]
[Guid(ContractIds.HistoryServiceInterface)]
[InterfaceType(ComInterfaceType.InterfaceIsDual)]
public interface IComImHistoryService
{
    /// <summary>The messages, oldest first; those of earlier runs once they have been fetched.</summary>
    [DispId(1)]
    IComImCollection ActivityItems { get; }

    /// <summary>Fetches older messages, where they are kept.</summary>
    /// <param name="count">How many at most.</param>
    /// <returns>A promise of how many came.</returns>
    [DispId(2)]
    IComImPromise GetMoreActivityItems(int count = 50);
}
