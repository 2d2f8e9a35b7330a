using System.Runtime.InteropServices;
using ComIm.Com.Automation.Observables;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Model;

/// <summary>The history of a conversation as scripts see it.</summary>
[ClassInterface(ClassInterfaceType.None)]
[ComDefaultInterface(typeof(IComImHistoryService))]
internal sealed class HistoryServiceObject(Collection messages) : DispatchObject, IComImHistoryService
{
    public IComImCollection ActivityItems => messages;

    public IComImPromise GetMoreActivityItems(int count = 50) => Promise.Of(0);
}
