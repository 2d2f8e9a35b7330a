using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>A contact has come into a group, or left it: said to the contact.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccGroupMembershipEvent(IUccGroup group) : DispatchObject(UccCoclasses.UccGroupMembershipEvent.Dispatch), IUccGroupMembershipEvent
{
    public IUccGroup Group => group;
}
