using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>A member has come into a container, or left it: said to the container.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccContainerMemberCollectionEvent(IUccContainerMember member)
    : DispatchObject(UccCoclasses.UccContainerMemberCollectionEvent.Dispatch), IUccContainerMemberCollectionEvent
{
    public IUccContainerMember ContainerMember => member;
}
