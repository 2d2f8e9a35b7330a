using System.Reflection;
using ComIm.Com.Interop;

namespace ComIm.Com.UccApi.Objects;

/// <summary>The values that a property can hold: a string, a 32-bit number, a boolean or an object.</summary>
internal static class PropertyValue
{
    /// <summary>Brings what a VARIANT held into one of the four forms; an empty one is no object.</summary>
    /// <exception cref="HResultException">DISP_E_TYPEMISMATCH: it has none of them.</exception>
    public static object? Normalize(object? value) => value switch
    {
        null or DBNull or Missing or Nothing => null,
        string or int or bool => value,
        short number => (int)number,
        byte number => (int)number,
        ushort number => (int)number,
        Enum => System.Convert.ToInt32(value, null),
        ValueType or Array => throw new HResultException(
            HResults.TypeMismatch, $"A property holds a string, a 32-bit number, a boolean or an object, not a {value.GetType().Name}."),
        _ => value,
    };

    /// <summary>The value where it is of the type asked for.</summary>
    /// <exception cref="HResultException">DISP_E_TYPEMISMATCH: it is of another.</exception>
    public static T As<T>(object? value) => value is T result
        ? result
        : throw new HResultException(HResults.TypeMismatch, $"The property holds {Describe(value)}, not a {typeof(T).Name}.");

    public static object? AsObject(object? value) => value is string or int or bool
        ? throw new HResultException(HResults.TypeMismatch, $"The property holds {Describe(value)}, not an object.")
        : value;

    // The kind only: a value may be a secret.
    private static string Describe(object? value) => value switch
    {
        null => "nothing",
        string => "a string",
        int => "a number",
        bool => "a boolean",
        _ => "an object",
    };
}
