using System.Reflection;
using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>
/// Reads VARIANTs. The plain types are read here, without the runtime's marshaller: it is faster, and it raises no
/// exceptions in native frames; the rest (arrays, currency, decimal) is left to the marshaller.
/// </summary>
internal static unsafe class VariantReader
{
    /// <summary>Reads a value; references are followed. An argument left out is <see cref="Missing.Value"/>.</summary>
    public static object? Read(Variant* variant)
    {
        var byRef = (variant->Type & VariantType.ByRef) != 0;
        var type = variant->Type & ~VariantType.ByRef;
        if (byRef && type == VariantType.Variant)
        {
            return Read((Variant*)variant->Data);
        }

        var data = byRef ? (void*)variant->Data : &variant->Data;
        return type switch
        {
            VariantType.Empty => null,
            VariantType.Null => DBNull.Value,
            VariantType.Int16 => *(short*)data,
            VariantType.Int32 or VariantType.Int => *(int*)data,
            VariantType.Single => *(float*)data,
            VariantType.Double => *(double*)data,
            VariantType.Date => DateTime.FromOADate(*(double*)data),
            VariantType.String => ReadString(*(nint*)data),
            VariantType.Boolean => *(short*)data != 0,
            VariantType.SByte => *(sbyte*)data,
            VariantType.Byte => *(byte*)data,
            VariantType.UInt16 => *(ushort*)data,
            VariantType.UInt32 or VariantType.UInt => *(uint*)data,
            VariantType.Int64 => *(long*)data,
            VariantType.UInt64 => *(ulong*)data,
            VariantType.Error when *(int*)data == HResults.ParameterNotFound => Missing.Value,
            VariantType.Dispatch or VariantType.Unknown => ReadObject(*(nint*)data),
            _ => ReadOther(variant),
        };
    }

    private static string ReadString(nint bstr) => bstr == 0 ? "" : Marshal.PtrToStringBSTR(bstr);

    // Our own objects come back as themselves, others in a wrapper.
    private static object? ReadObject(nint unknown)
    {
        if (unknown == 0)
        {
            return Nothing.Value;
        }

        return OperatingSystem.IsWindows() ? Marshal.GetObjectForIUnknown(unknown) : throw Unsupported();
    }

    private static object? ReadOther(Variant* variant) =>
        OperatingSystem.IsWindows() ? Marshal.GetObjectForNativeVariant((nint)variant) : throw Unsupported();

    private static HResultException Unsupported() => new(HResults.TypeMismatch, "COM objects and arrays exist only on Windows.");
}
