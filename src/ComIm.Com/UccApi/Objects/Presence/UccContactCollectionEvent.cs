using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>A contact has come into a group, or left it: said to the group.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccContactCollectionEvent(IUccContact contact) : DispatchObject(UccCoclasses.UccContactCollectionEvent.Dispatch), IUccContactCollectionEvent
{
    public IUccContact Contact => contact;
}
