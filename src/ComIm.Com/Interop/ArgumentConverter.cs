using System.Globalization;
using System.Reflection;

namespace ComIm.Com.Interop;

/// <summary>Converts what a script passes to the type a parameter has, as VariantChangeType would, in the invariant culture.</summary>
internal static class ArgumentConverter
{
    /// <summary>Converts a value.</summary>
    /// <returns>False where the value has no such form: a type mismatch.</returns>
    public static bool TryConvert(object? value, Type type, out object? converted)
    {
        converted = value;
        if (type == typeof(object) || (value != null && type.IsInstanceOfType(value)))
        {
            return true;
        }

        if (type.IsInterface || typeof(DispatchObject).IsAssignableFrom(type))
        {
            // JScript's null is a VT_NULL.
            converted = null;
            return value is null or Nothing or DBNull;
        }

        return value switch
        {
            DispatchObject child => TryConvertDefaultOf(child, type, out converted),
            DBNull or Nothing or Missing => false,
            _ => TryConvertScalar(value, type, out converted),
        };
    }

    // An object where a plain value is wanted stands for its default member.
    private static bool TryConvertDefaultOf(DispatchObject child, Type type, out object? converted)
    {
        var result = child.Dispatch.Invoke(
            child, DispatchMember.DefaultId, DispatchKinds.PropertyGet | DispatchKinds.Method, DispatchArguments.Empty);
        converted = null;
        return result.HResult >= 0 && result.Value is not DispatchObject && TryConvert(result.Value, type, out converted);
    }

    private static bool TryConvertScalar(object? value, Type type, out object? converted)
    {
        converted = null;
        try
        {
            if (type == typeof(string))
            {
                // Empty is the empty string in Automation.
                converted = System.Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            }
            else if (type.IsEnum)
            {
                converted = Enum.ToObject(type, System.Convert.ToInt32(value ?? 0, CultureInfo.InvariantCulture));
            }
            else if (type == typeof(bool) && value is string text && double.TryParse(text, CultureInfo.InvariantCulture, out var number))
            {
                converted = number != 0;
            }
            else if (type == typeof(DateTime) && value is double or float or int or short)
            {
                converted = DateTime.FromOADate(System.Convert.ToDouble(value, CultureInfo.InvariantCulture));
            }
            else if (type.IsValueType)
            {
                converted = System.Convert.ChangeType(value ?? 0, type, CultureInfo.InvariantCulture);
            }

            return converted != null;
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException or ArgumentException)
        {
            return false;
        }
    }
}
