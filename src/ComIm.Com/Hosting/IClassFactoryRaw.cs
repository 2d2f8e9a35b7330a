using System.Runtime.InteropServices;

namespace ComIm.Com.Hosting;

/// <summary>IClassFactory.</summary>
[ComVisible(true)]
[Guid("00000001-0000-0000-C000-000000000046")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IClassFactoryRaw
{
    /// <summary>Makes an object.</summary>
    [PreserveSig]
    int CreateInstance(nint outer, in Guid iid, out nint instance);

    /// <summary>Keeps the server running, or no longer.</summary>
    [PreserveSig]
    int LockServer([MarshalAs(UnmanagedType.Bool)] bool isLocked);
}
