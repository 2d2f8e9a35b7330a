using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>
/// IDispatch as it is in memory. A class that implements it answers <c>CoCreateInstance(IID_IDispatch)</c> with a
/// dispatcher of its own instead of the runtime's. Only COM calls it.
/// </summary>
[ComVisible(true)]
[Guid("00020400-0000-0000-C000-000000000046")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IDispatchRaw
{
    /// <summary>Says whether type information is to be had.</summary>
    /// <param name="count">1 or 0.</param>
    [PreserveSig]
    int GetTypeInfoCount(out int count);

    /// <summary>Gives the type information of the default interface.</summary>
    /// <param name="index">0.</param>
    /// <param name="lcid">Ignored.</param>
    /// <param name="typeInfo">An ITypeInfo with a reference for the caller.</param>
    [PreserveSig]
    int GetTypeInfo(int index, int lcid, out nint typeInfo);

    /// <summary>Maps a member name, and names of its parameters, to DISPIDs.</summary>
    /// <param name="iid">Reserved.</param>
    /// <param name="names">LPOLESTR*.</param>
    /// <param name="count">How many names.</param>
    /// <param name="lcid">Ignored.</param>
    /// <param name="dispIds">DISPID*.</param>
    [PreserveSig]
    int GetIDsOfNames(nint iid, nint names, int count, int lcid, nint dispIds);

    /// <summary>Calls a method, or reads or writes a property.</summary>
    /// <param name="dispId">The member.</param>
    /// <param name="iid">Reserved.</param>
    /// <param name="lcid">Ignored.</param>
    /// <param name="flags">DISPATCH_METHOD and so on.</param>
    /// <param name="parameters">DISPPARAMS*.</param>
    /// <param name="result">VARIANT* or null.</param>
    /// <param name="exceptionInfo">EXCEPINFO* or null.</param>
    /// <param name="argumentError">UINT* or null.</param>
    [PreserveSig]
    int Invoke(int dispId, nint iid, int lcid, short flags, nint parameters, nint result, nint exceptionInfo, nint argumentError);
}
