using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>
/// One property of a context or a collection: it is found by a number or by a name, never by both. It holds one value;
/// the typed properties are views of it, and reading the wrong one fails.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccProperty : DispatchObject, IUccProperty
{
    private readonly int? _id;
    private readonly string? _name;
    private object? _value;

    public UccProperty(int id, object? value)
        : this(value) => _id = id;

    public UccProperty(string name, object? value)
        : this(value) => _name = name;

    private UccProperty(object? value)
        : base(UccCoclasses.UccProperty.Dispatch) => _value = PropertyValue.Normalize(value);

    public int Id => _id ?? throw new HResultException(UccHResults.UCC_E_NOT_EXIST, $"The property '{_name}' has a name and no number.");

    public string Name => _name ?? throw new HResultException(UccHResults.UCC_E_NOT_EXIST, $"The property {_id} has a number and no name.");

    public object? Value
    {
        get => _value;
        set => _value = PropertyValue.Normalize(value);
    }

    public string StringValue
    {
        get => PropertyValue.As<string>(_value);
        set => _value = value ?? "";
    }

    public int NumericValue
    {
        get => PropertyValue.As<int>(_value);
        set => _value = value;
    }

    public bool BoolValue
    {
        get => PropertyValue.As<bool>(_value);
        set => _value = value;
    }

    public object? ObjectValue
    {
        get => PropertyValue.AsObject(_value);
        set => _value = PropertyValue.AsObject(PropertyValue.Normalize(value));
    }

    internal bool Is(int id) => _id == id;

    internal bool Is(string name, StringComparison comparison) => _name != null && string.Equals(_name, name, comparison);
}
