using System.Text.Json;
using System.Text.Json.Serialization;

namespace ComIm.ContractGenerator;

/// <summary>The type library as uccapi.json tells it.</summary>
public sealed record ContractData(
    LibraryData Library,
    IReadOnlyDictionary<string, JsonElement> Constants,
    IReadOnlyList<InterfaceData> Interfaces,
    IReadOnlyList<EnumData> Enums,
    IReadOnlyList<CoclassData> Coclasses)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static ContractData Read(string file) =>
        JsonSerializer.Deserialize<ContractData>(File.ReadAllText(file), Options)
        ?? throw new InvalidDataException($"{file} is empty.");

    public InterfaceData? Find(string name) => Interfaces.FirstOrDefault(i => i.Name == name);

    public bool IsEnum(string name) => Enums.Any(e => e.Name == name);

    /// <summary>The interfaces from the root, which is IUnknown or IDispatch and not in the list, down to the one given.</summary>
    public IReadOnlyList<InterfaceData> Lineage(InterfaceData contract) =>
        Find(contract.Base) is { } parent ? [.. Lineage(parent), contract] : [contract];

    /// <summary>IUnknown or IDispatch.</summary>
    public string Root(InterfaceData contract) => Lineage(contract)[0].Base;
}

public sealed record LibraryData(string Name, Guid LibId, string Version);

/// <param name="Name">Its name.</param>
/// <param name="Iid">Its IID.</param>
/// <param name="Kind">interface, dual or dispinterface.</param>
/// <param name="Base">The interface it derives from.</param>
/// <param name="Flags">Words as the IDL has them.</param>
/// <param name="Members">Its own members in the order of the vtable.</param>
public sealed record InterfaceData(
    string Name, Guid Iid, string Kind, string Base, string Flags, IReadOnlyList<MemberData> Members)
{
    public bool IsEvents => Kind == "dispinterface";
}

/// <param name="Name">Its name; a property that can be read and written stands twice.</param>
/// <param name="Kind">method, propget or propput.</param>
/// <param name="DispId">The DISPID.</param>
/// <param name="Slot">The slot in the vtable; none in a dispinterface.</param>
/// <param name="Params">The parameters.</param>
/// <param name="Returns">HRESULT; where the data gives the dispatch half of a dual interface, the result.</param>
/// <param name="Restricted">Hidden from scripts.</param>
public sealed record MemberData(
    string Name, string Kind, int DispId, int? Slot, IReadOnlyList<ParameterData> Params, string Returns, bool Restricted = false)
{
    /// <summary>The parameters as the vtable has them: the result is the last.</summary>
    [JsonIgnore]
    public IReadOnlyList<ParameterData> VtableParameters =>
        Returns is "HRESULT" or "void" ? Params : [.. Params, new ParameterData(null, Returns + "*", "out retval")];

    [JsonIgnore]
    public IReadOnlyList<ParameterData> Arguments => [.. Params.Where(p => !p.IsResult)];

    [JsonIgnore]
    public string? ResultType => VtableParameters.FirstOrDefault(p => p.IsResult)?.Type[..^1];
}

/// <param name="Name">Its name; some have none.</param>
/// <param name="Type">The COM type.</param>
/// <param name="Flags">in, out, retval, optional, default.</param>
public sealed record ParameterData(string? Name, string Type, string Flags)
{
    [JsonIgnore]
    public bool IsResult => Flags.Contains("retval", StringComparison.Ordinal);

    [JsonIgnore]
    public bool IsOut => Flags.StartsWith("out", StringComparison.Ordinal);

    [JsonIgnore]
    public bool IsOptional => Flags.Contains("optional", StringComparison.Ordinal);
}

public sealed record EnumData(string Name, IReadOnlyDictionary<string, int> Values);

public sealed record CoclassData(
    string Name,
    Guid Clsid,
    bool Creatable,
    IReadOnlyList<string> Default,
    IReadOnlyList<string> Interfaces,
    IReadOnlyList<string> Sources,
    [property: JsonPropertyName("default_source")] IReadOnlyList<string> DefaultSource);
