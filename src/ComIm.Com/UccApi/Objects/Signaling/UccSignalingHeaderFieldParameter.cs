using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>A parameter of a header field: <c>;name=value</c>, or <c>;name</c> where the value is empty.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccSignalingHeaderFieldParameter(string? name, string? value)
    : DispatchObject(UccCoclasses.UccSignalingHeaderFieldParameter.Dispatch), IUccSignalingHeaderFieldParameter
{
    private string _value = SignalingText.Value(value);

    public string Name { get; } = SignalingText.Name(name);

    public string Value
    {
        get => _value;
        set => _value = SignalingText.Value(value);
    }

    /// <summary>As it stands in a message.</summary>
    internal string Text => _value.Length == 0 ? ";" + Name : $";{Name}={_value}";
}
