using System.Reflection;

namespace ComIm.Com.Interop;

/// <summary>One parameter of a late-bound method.</summary>
internal sealed class DispatchParameter(ParameterInfo parameter)
{
    private readonly bool _hasDefault = parameter.HasDefaultValue && parameter.DefaultValue is not Missing;

    public string Name { get; } = parameter.Name!;

    /// <summary>The type of the value, also where it is passed by reference.</summary>
    public Type Type { get; } = parameter.ParameterType.IsByRef
        ? parameter.ParameterType.GetElementType()!
        : parameter.ParameterType;

    public bool IsByRef { get; } = parameter.ParameterType.IsByRef;

    /// <summary>Whether it carries a value back and none in.</summary>
    public bool IsOut { get; } = parameter.IsOut;

    /// <summary>Gives the value of an argument that was left out.</summary>
    /// <returns>False where the argument is required.</returns>
    public bool TryGetDefault(out object? value)
    {
        value = null;
        if (_hasDefault)
        {
            value = Type.IsEnum && parameter.DefaultValue is { } raw ? Enum.ToObject(Type, raw) : parameter.DefaultValue;
            return true;
        }

        if (parameter.IsOptional && Type == typeof(object))
        {
            value = Missing.Value;
            return true;
        }

        return parameter.IsOptional || IsOut;
    }
}
