using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>A container has taken a member in, or let it go: said to the member.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccContainerMembershipEvent(IUccContainer container)
    : DispatchObject(UccCoclasses.UccContainerMembershipEvent.Dispatch), IUccContainerMembershipEvent
{
    public IUccContainer Container => container;
}
