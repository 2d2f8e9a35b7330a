using System.Reflection;

namespace ComIm.Com.Interop;

/// <summary>
/// The arguments of one late-bound call in the order of DISPPARAMS: last first, and the named ones before the others.
/// An argument that was left out is <see cref="Missing.Value"/>.
/// </summary>
internal sealed class DispatchArguments
{
    /// <summary>DISPID_PROPERTYPUT: names the new value in a property put.</summary>
    public const int PropertyPutId = -3;

    private readonly object?[] _values;
    private readonly int[] _namedIds;
    private bool[]? _written;

    /// <param name="values">As in rgvarg.</param>
    /// <param name="namedIds">As in rgdispidNamedArgs; they belong to the first values.</param>
    public DispatchArguments(object?[] values, int[] namedIds)
    {
        _values = values;
        _namedIds = namedIds;
    }

    public static DispatchArguments Empty { get; } = new([], []);

    public int Count => _values.Length;

    public object? this[int index] => _values[index];

    /// <summary>Positional arguments in the order in which a reader writes them.</summary>
    public static DispatchArguments Of(params object?[] values)
    {
        var reversed = (object?[])values.Clone();
        Array.Reverse(reversed);
        return new DispatchArguments(reversed, []);
    }

    /// <summary>The arguments of a property put: indexes, then the new value.</summary>
    public static DispatchArguments OfPut(params object?[] values)
    {
        var reversed = (object?[])values.Clone();
        Array.Reverse(reversed);
        return new DispatchArguments(reversed, [PropertyPutId]);
    }

    /// <summary>Puts the value of a by-reference parameter where the caller finds it.</summary>
    public void WriteBack(int index, object? value)
    {
        _written ??= new bool[_values.Length];
        _written[index] = true;
        _values[index] = value;
    }

    /// <summary>Whether the member has changed the argument.</summary>
    public bool IsWritten(int index) => _written?[index] == true;

    /// <summary>The parameter that the argument at <paramref name="index"/> is for.</summary>
    /// <param name="index">An index in the order of DISPPARAMS.</param>
    /// <param name="parameterCount">How many parameters the member has; the new value of a put is the last.</param>
    public int PositionOf(int index, int parameterCount)
    {
        if (index >= _namedIds.Length)
        {
            return _values.Length - 1 - index;
        }

        return _namedIds[index] == PropertyPutId ? parameterCount - 1 : _namedIds[index];
    }
}
