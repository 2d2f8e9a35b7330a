namespace ComIm.ContractGenerator;

/// <summary>
/// A COM type in C#. Where the runtime's default does not fit, <paramref name="Marshalling"/> names the
/// <c>UnmanagedType</c>: it marshals <c>string</c> as BSTR, <c>bool</c> as VARIANT_BOOL, <c>DateTime</c> as DATE and
/// interfaces as such by itself.
/// </summary>
internal sealed record CSharpType(string Name, string? Marshalling = null)
{
    /// <summary>Translates a type that is passed by value: <c>long</c>, <c>IUccUri*</c>.</summary>
    public static CSharpType Of(string comType, ContractData data) => comType switch
    {
        "BSTR" => new("string"),
        "VARIANT_BOOL" => new("bool"),
        "short" => new("short"),
        "long" => new("int"),
        // 32 bits in both bitnesses, as in the original interop assembly: a 32-bit client and a 64-bit server must agree.
        "LONG_PTR" => new("int"),
        "unsigned long" => new("uint"),
        "unsigned hyper" => new("ulong"),
        "DATE" => new("DateTime"),
        "HRESULT" => new("int", "Error"),
        "VARIANT" => new("object", "Struct"),
        "IUnknown*" => new("object", "IUnknown"),
        _ when data.IsEnum(comType) => new(comType),
        _ when comType.EndsWith('*') && data.Find(comType[..^1]) != null => new(comType[..^1]),
        _ => throw new InvalidDataException($"There is no C# type for {comType}."),
    };

    public string Attribute(string target = "") => Marshalling == null ? "" : $"[{target}MarshalAs(UnmanagedType.{Marshalling})] ";
}
