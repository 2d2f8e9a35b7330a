using System.Text;
using ComIm.ContractGenerator;

namespace ComIm.Com.Tests.UccApi;

/// <summary>
/// An IDL for the header of a C++ client, written from the data without looking at our own IDL: what such a client sees
/// is what the original's clients saw, whatever our generator does.
/// </summary>
internal static class ClientIdl
{
    public static string Write(ContractData data)
    {
        var text = new StringBuilder("import \"oaidl.idl\";\n");
        foreach (var item in data.Enums)
        {
            text.Append($"typedef [v1_enum] enum {item.Name} {{\n");
            text.AppendJoin(",\n", item.Values.Select(v => $"  {v.Key} = {v.Value}")).Append($"\n}} {item.Name};\n");
        }

        foreach (var contract in data.Interfaces)
        {
            text.Append($"interface {contract.Name};\n");
        }

        var written = new HashSet<string> { "IUnknown", "IDispatch" };
        foreach (var contract in data.Interfaces)
        {
            WriteInterface(text, data, contract, written);
        }

        text.Append($"[uuid({data.Library.LibId}), version({data.Library.Version})]\nlibrary Client\n{{\nimportlib(\"stdole2.tlb\");\n");
        foreach (var item in data.Coclasses)
        {
            text.Append($"[uuid({item.Clsid})] coclass {item.Name} {{ interface {item.Default[0]}; }};\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>The DISPIDs of the events: a header cannot have them, since a sink implements IDispatch alone.</summary>
    public static string WriteEvents(ContractData data)
    {
        var text = new StringBuilder("static const struct { const IID *iid; DISPID id; const wchar_t *name; } AllEvents[] = {\n");
        foreach (var contract in data.Interfaces.Where(i => i.IsEvents))
        {
            foreach (var member in contract.Members)
            {
                text.Append($"  {{&__uuidof({contract.Name}), {member.DispId}, L\"{member.Name}\"}},\n");
            }
        }

        return text.Append("};\n").ToString();
    }

    private static void WriteInterface(StringBuilder text, ContractData data, InterfaceData contract, HashSet<string> written)
    {
        if (!written.Add(contract.Name))
        {
            return;
        }

        if (data.Find(contract.Base) is { } parent)
        {
            WriteInterface(text, data, parent, written);
        }

        // A client's sink answers IDispatch; the methods of a dispinterface are in no vtable.
        text.Append($"[object, uuid({contract.Iid}){(contract.Kind == "dual" ? ", dual" : "")}]\ninterface {contract.Name} : {contract.Base}\n{{\n");
        foreach (var member in contract.IsEvents ? [] : contract.Members)
        {
            var kind = member.Kind == "method" ? "" : $"[{member.Kind}] ";
            text.Append($"  {kind}HRESULT {member.Name}({string.Join(", ", member.VtableParameters.Select(Parameter))});\n");
        }

        text.Append("}\n");
    }

    private static string Parameter(ParameterData parameter, int index)
    {
        var direction = parameter.IsResult ? "out, retval" : parameter.IsOut ? "out" : "in";
        var type = parameter.Type.Replace("LONG_PTR", "long", StringComparison.Ordinal);
        return $"[{direction}] {type} {parameter.Name ?? "p" + (index + 1)}";
    }
}
