using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>
/// Enumerates a snapshot of a list. The runtime's own enumerator ends the process when a caller passes VARIANTs that it
/// has not initialised, which the documentation allows.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed unsafe class VariantEnumerator(IReadOnlyList<object?> values, int position = 0) : IEnumVariantRaw
{
    private int _position = position;

    public int Next(int count, nint variants, nint fetched)
    {
        var taken = 0;
        try
        {
            for (; taken < count && _position < values.Count; taken++, _position++)
            {
                VariantWriter.Write(VariantSafe.Convert(values[_position], typeof(object)), (Variant*)variants + taken);
            }
        }
#pragma warning disable CA1031 // The COM boundary.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e.HResult < 0 ? e.HResult : HResults.Fail;
        }

        if (fetched != 0)
        {
            *(int*)fetched = taken;
        }

        return taken == count ? HResults.Ok : HResults.False;
    }

    public int Skip(int count)
    {
        var left = values.Count - _position;
        _position += Math.Min(left, count);
        return count <= left ? HResults.Ok : HResults.False;
    }

    public int Reset()
    {
        _position = 0;
        return HResults.Ok;
    }

    public int Clone(out IEnumVariantRaw? copy)
    {
        copy = new VariantEnumerator(values, _position);
        return HResults.Ok;
    }
}
