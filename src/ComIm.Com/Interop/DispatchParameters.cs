using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>DISPPARAMS in memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct DispatchParameters
{
    public Variant* Values;
    public int* NamedIds;
    public int Count;
    public int NamedCount;
}
