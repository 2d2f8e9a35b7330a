using System.Runtime.InteropServices;

namespace ComIm.Com.TestServer;

/// <summary>Makes objects by the names of their classes.</summary>
[ComVisible(true)]
[Guid("0a6f2f0e-55c4-4d0c-9f0b-2f8d3a8d8a51")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IUccFactory
{
    [return: MarshalAs(UnmanagedType.IUnknown)]
    object Create(string name);
}
