using System.Globalization;
using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>Writes VARIANTs from values that <see cref="VariantSafe"/> has passed.</summary>
internal static unsafe class VariantWriter
{
    /// <summary>Writes into memory that may hold anything: what stood there is not released.</summary>
    public static void Write(object? value, Variant* target)
    {
        *target = default;
        switch (value)
        {
            case null:
                break;
            case DBNull:
                target->Type = VariantType.Null;
                break;
            case string text:
                Set(target, VariantType.String, Marshal.StringToBSTR(text));
                break;
            case int number:
                target->Type = VariantType.Int32;
                *(int*)&target->Data = number;
                break;
            case short number:
                target->Type = VariantType.Int16;
                *(short*)&target->Data = number;
                break;
            case byte number:
                target->Type = VariantType.Byte;
                *(byte*)&target->Data = number;
                break;
            case bool flag:
                target->Type = VariantType.Boolean;
                *(short*)&target->Data = (short)(flag ? -1 : 0);
                break;
            case double number:
                target->Type = VariantType.Double;
                *(double*)&target->Data = number;
                break;
            case DateTime time:
                target->Type = VariantType.Date;
                *(double*)&target->Data = time.ToOADate();
                break;
            case Nothing:
                Set(target, VariantType.Dispatch, 0);
                break;
            default:
                WriteOther(value, target);
                break;
        }
    }

    /// <summary>Hands a by-reference argument back to the caller. Types that do not fit are left as they were.</summary>
    public static void WriteBack(object? value, Variant* variant)
    {
        if ((variant->Type & VariantType.ByRef) == 0)
        {
            return;
        }

        var data = (void*)variant->Data;
        switch (variant->Type & ~VariantType.ByRef)
        {
            case VariantType.Variant:
                Clear((Variant*)data);
                Write(value, (Variant*)data);
                break;
            case VariantType.String:
                Marshal.FreeBSTR(*(nint*)data);
                *(nint*)data = Marshal.StringToBSTR(System.Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
                break;
            case VariantType.Int32 when ArgumentConverter.TryConvert(value, typeof(int), out var number):
                *(int*)data = (int)number!;
                break;
            case VariantType.Int16 when ArgumentConverter.TryConvert(value, typeof(short), out var number):
                *(short*)data = (short)number!;
                break;
            case VariantType.Double when ArgumentConverter.TryConvert(value, typeof(double), out var number):
                *(double*)data = (double)number!;
                break;
            case VariantType.Boolean when ArgumentConverter.TryConvert(value, typeof(bool), out var flag):
                *(short*)data = (short)((bool)flag! ? -1 : 0);
                break;
            default:
                break;
        }
    }

    /// <summary>Releases what a VARIANT holds.</summary>
    public static void Clear(Variant* variant)
    {
        if (OperatingSystem.IsWindows())
        {
            _ = NativeMethods.VariantClear((nint)variant);
            return;
        }

        if (variant->Type == VariantType.String)
        {
            Marshal.FreeBSTR(variant->Data);
        }

        *variant = default;
    }

    private static void WriteOther(object value, Variant* target)
    {
        if (!OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("COM objects and arrays exist only on Windows.");
        }

        if (value is DispatchObject ours)
        {
            Set(target, VariantType.Dispatch, ours.GetDispatchPointer());
        }
        else
        {
            Marshal.GetNativeVariantForObject(value, (nint)target);
        }
    }

    private static void Set(Variant* target, VariantType type, nint data)
    {
        target->Type = type;
        target->Data = data;
    }
}
