using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>
/// Makes a result fit for a script. VBScript and JScript know few VARIANT types: no 64-bit or unsigned integers, no
/// arrays but arrays of VARIANT, no GUIDs or time spans.
/// </summary>
internal static class VariantSafe
{
    /// <summary>Converts a value.</summary>
    /// <param name="value">What the member gave.</param>
    /// <param name="declared">The type it was declared with: a null object is <see cref="Nothing"/>, a null string is empty.</param>
    public static object? Convert(object? value, Type declared)
    {
        if (value == null)
        {
            return declared.IsInterface || typeof(DispatchObject).IsAssignableFrom(declared) ? Nothing.Value : null;
        }

        return value switch
        {
            string or int or short or byte or bool or double or float or decimal or DateTime or DBNull => value,
            Enum => System.Convert.ToInt32(value, CultureInfo.InvariantCulture),
            ushort or sbyte => System.Convert.ToInt32(value, CultureInfo.InvariantCulture),
            // Beyond 32 bits a script has only Double, which is exact up to 2^53.
            uint number => number <= int.MaxValue ? (object)(int)number : (double)number,
            long number => number is >= int.MinValue and <= int.MaxValue ? (object)(int)number : (double)number,
            ulong number => (double)number,
            char letter => letter.ToString(),
            Guid guid => guid.ToString("B"),
            DateTimeOffset time => time.LocalDateTime,
            TimeSpan span => span.TotalSeconds,
            Missing => null,
            UnknownWrapper or DispatchWrapper => value,
            Array { Rank: 1 } array => FromArray(array),
            ValueType => throw new NotSupportedException($"A {value.GetType()} cannot be passed to a script."),
            _ => value,
        };
    }

    private static object?[] FromArray(Array array)
    {
        var result = new object?[array.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = Convert(array.GetValue(i), typeof(object));
        }

        return result;
    }
}
