using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>A VARIANT in memory: 24 bytes in a 64-bit process, 16 in a 32-bit one.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Variant
{
    public VariantType Type;
    private readonly ushort _reserved1;
    private readonly ushort _reserved2;
    private readonly ushort _reserved3;

    /// <summary>The first word of the value; a longer value goes on in the next field.</summary>
    public nint Data;
    private readonly nint _more;
}
