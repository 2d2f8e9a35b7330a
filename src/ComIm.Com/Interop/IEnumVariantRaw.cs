using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>IEnumVARIANT as it is in memory, so that For Each works. Only COM calls it.</summary>
[ComVisible(true)]
[Guid("00020404-0000-0000-C000-000000000046")]
[InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
public interface IEnumVariantRaw
{
    /// <summary>Gives the next values.</summary>
    /// <param name="count">How many are wanted.</param>
    /// <param name="variants">VARIANT*; what stands there is overwritten, not released.</param>
    /// <param name="fetched">ULONG* or null.</param>
    /// <returns>S_OK, or S_FALSE where there were fewer.</returns>
    [PreserveSig]
    int Next(int count, nint variants, nint fetched);

    /// <summary>Passes values over.</summary>
    /// <param name="count">How many.</param>
    [PreserveSig]
    int Skip(int count);

    /// <summary>Goes back to the first value.</summary>
    [PreserveSig]
    int Reset();

    /// <summary>Makes an enumerator that stands where this one does.</summary>
    /// <param name="copy">The new one.</param>
    [PreserveSig]
    int Clone([MarshalAs(UnmanagedType.Interface)] out IEnumVariantRaw? copy);
}
