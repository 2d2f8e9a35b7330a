using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>
/// IProvideClassInfo as it is in memory: by it a host finds the events of an object (WScript.ConnectObject does). The
/// runtime's own knows only type libraries that were made from assemblies. Only COM calls it.
/// </summary>
[ComVisible(true)]
[Guid("B196B283-BAB4-101A-B69C-00AA00341D07")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IProvideClassInfoRaw
{
    /// <summary>Gives the type information of the object's class.</summary>
    /// <param name="typeInfo">An ITypeInfo with a reference for the caller.</param>
    [PreserveSig]
    int GetClassInfo(out nint typeInfo);
}
