using System.Text.Json;

namespace ComIm.ContractGenerator;

/// <summary>Writes the IDL that widl makes the type libraries of.</summary>
internal static class IdlWriter
{
    public static string Write(ContractData data)
    {
        var text = new SourceText();
        text.Line("// The type library of the UCC API. Made by tests/ComIm.ContractGenerator from tests/ComIm.Com.Tests/Data/uccapi.json.");
        text.Line("//");
        text.Line("// LONG_PTR of the original is long in both bitnesses, as in the original interop assembly: a 32-bit client and a");
        text.Line("// 64-bit server must agree on the size of an operation id. UccContext lists IDispatch in the original; widl crashes");
        text.Line("// on that, so it is left out. widl drops modules, so the constants are an enumeration, and the two that are texts");
        text.Line("// are missing.");
        text.Line("import \"oaidl.idl\";");
        text.Line("import \"ocidl.idl\";");
        text.Line();
        text.Line($"[uuid({data.Library.LibId}), version({data.Library.Version}), lcid(0)]");
        text.Line($"library {data.Library.Name}");
        text.Open();
        text.Line("importlib(\"stdole2.tlb\");");
        text.Line();
        foreach (var contract in data.Interfaces)
        {
            text.Line($"{(contract.IsEvents ? "dispinterface" : "interface")} {contract.Name};");
        }

        foreach (var item in data.Enums)
        {
            WriteEnum(text, item.Name, item.Values);
        }

        WriteEnum(text, "UccConstants", data.Constants
            .Where(c => c.Value.ValueKind == JsonValueKind.Number).ToDictionary(c => c.Key, c => c.Value.GetInt32()));
        foreach (var contract in BasesFirst(data))
        {
            WriteInterface(text, contract);
        }

        foreach (var item in data.Coclasses)
        {
            WriteCoclass(text, item);
        }

        text.Close();
        return text.ToString();
    }

    private static void WriteEnum(SourceText text, string name, IReadOnlyDictionary<string, int> values)
    {
        text.Line();
        text.Line($"typedef [v1_enum] enum {name}");
        text.Open();
        foreach (var (index, (member, value)) in values.Index())
        {
            text.Line($"{member} = {value}{(index + 1 < values.Count ? "," : "")}");
        }

        text.Close($"}} {name};");
    }

    private static IEnumerable<InterfaceData> BasesFirst(ContractData data) =>
        data.Interfaces.SelectMany(data.Lineage).Distinct();

    private static void WriteInterface(SourceText text, InterfaceData contract)
    {
        text.Line();
        if (contract.IsEvents)
        {
            text.Line($"[uuid({contract.Iid})]");
            text.Line($"dispinterface {contract.Name}");
            text.Open();
            text.Line("properties:");
            text.Line("methods:");
        }
        else
        {
            text.Line($"[{Attributes(contract)}]");
            text.Line($"interface {contract.Name} : {contract.Base}");
            text.Open();
        }

        foreach (var member in contract.Members)
        {
            var parameters = string.Join(", ", member.VtableParameters.Select(Parameter));
            text.Line($"[{MemberAttributes(member)}] HRESULT {member.Name}({parameters});");
        }

        text.Close("};");
    }

    private static string Attributes(InterfaceData contract)
    {
        var words = contract.Flags.Split(' ');
        List<string> attributes = ["object", $"uuid({contract.Iid})"];
        attributes.AddRange(((string[])["dual", "oleautomation", "nonextensible"]).Where(words.Contains));
        return string.Join(", ", attributes);
    }

    private static string MemberAttributes(MemberData member)
    {
        List<string> attributes = [$"id({member.DispId})"];
        if (member.Kind != "method")
        {
            attributes.Add(member.Kind);
        }

        if (member.Restricted)
        {
            attributes.Add("restricted");
        }

        return string.Join(", ", attributes);
    }

    private static string Parameter(ParameterData parameter)
    {
        // The data does not say which default: the widest is a null, an empty text, zero.
        var defaultValue = parameter.Type == "BSTR" ? "\"\"" : "0";
        var attributes = parameter.Flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(flag => flag == "default" ? $"defaultvalue({defaultValue})" : flag).ToList();
        var type = parameter.Type.Replace("LONG_PTR", "long", StringComparison.Ordinal);
        return $"{(attributes.Count == 0 ? "" : $"[{string.Join(", ", attributes)}] ")}{type} {parameter.Name}".TrimEnd();
    }

    private static void WriteCoclass(SourceText text, CoclassData item)
    {
        text.Line();
        text.Line($"[uuid({item.Clsid}){(item.Creatable ? "" : ", noncreatable")}]");
        text.Line($"coclass {item.Name}");
        text.Open();
        foreach (var name in item.Interfaces.Where(n => n != "IDispatch"))
        {
            text.Line($"{(item.Default.Contains(name) ? "[default] " : "")}interface {name};");
        }

        foreach (var name in item.Sources)
        {
            text.Line($"[{(item.DefaultSource.Contains(name) ? "default, " : "")}source] dispinterface {name};");
        }

        text.Close("};");
    }
}
