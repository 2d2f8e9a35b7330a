using System.Globalization;
using ComIm.Com.Interop;

namespace ComIm.Com.Automation.Observables;

/// <summary>Values as scripts mean them.</summary>
internal static class ScriptValue
{
    /// <summary>Whether two values are one for a script: 1 and 1.0 are.</summary>
    public static bool AreEqual(object? left, object? right)
    {
        left = Unwrap(left);
        right = Unwrap(right);
        return IsNumber(left) && IsNumber(right)
            ? Convert.ToDouble(left, CultureInfo.InvariantCulture).Equals(Convert.ToDouble(right, CultureInfo.InvariantCulture))
            : Equals(left, right);
    }

    /// <summary>The value behind an argument: an observable stands for its value, and nothing is null in each of its forms.</summary>
    public static object? Unwrap(object? value) => value switch
    {
        DBNull or Nothing or System.Reflection.Missing => null,
        IComImProperty property => property.Value,
        _ => value,
    };

    private static bool IsNumber(object? value) => value is byte or short or int or long or float or double or decimal;
}
