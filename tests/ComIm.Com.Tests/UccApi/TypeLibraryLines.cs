using System.Text.Json;
using ComIm.ContractGenerator;

namespace ComIm.Com.Tests.UccApi;

/// <summary>The lines that <c>typelib.cpp</c> prints of a type library that is as the data says.</summary>
internal static class TypeLibraryLines
{
    public static IEnumerable<string> Write(ContractData data, int bits)
    {
        var library = data.Library;
        yield return $"library {library.Name} {library.LibId} {library.Version} {bits} bit";
        var enums = data.Enums.Append(new EnumData("UccConstants", Numbers(data)));
        foreach (var line in data.Interfaces.SelectMany(Interface).Concat(enums.SelectMany(Enumeration)).Concat(data.Coclasses.SelectMany(Class)))
        {
            yield return line;
        }
    }

    // widl has no module of constants.
    private static Dictionary<string, int> Numbers(ContractData data) => data.Constants
        .Where(c => c.Value.ValueKind == JsonValueKind.Number).ToDictionary(c => c.Key, c => c.Value.GetInt32());

    private static IEnumerable<string> Interface(InterfaceData contract)
    {
        // Dual says both: callable late, and by Automation's types only.
        string[] words = contract.Kind == "dual" ? ["dual", "oleautomation"] : ["oleautomation"];
        var flags = contract.IsEvents ? [] : words.Concat(contract.Flags.Split(' ').Where(f => f == "nonextensible"));
        yield return string.Join(' ', [
            contract.IsEvents ? "dispinterface" : "interface", contract.Name, contract.Iid.ToString(), ":", contract.Base, .. flags]);
        foreach (var member in contract.Members)
        {
            var parameters = string.Join(", ", member.VtableParameters.Select((p, i) => Parameter(member, p, i)));
            yield return $"member {contract.Name} {member.Slot ?? -1} {member.Kind} {member.Name} {member.DispId} ({parameters}) HRESULT"
                + (member.Restricted ? " restricted" : "");
        }
    }

    private static string Parameter(MemberData member, ParameterData parameter, int index)
    {
        var isValue = member.Kind == "propput" && index + 1 == member.VtableParameters.Count;
        var flags = parameter.Flags.Replace(" default", "", StringComparison.Ordinal);
        return $"{flags} {parameter.Type.Replace("LONG_PTR", "long", StringComparison.Ordinal)} {(isValue ? "" : parameter.Name)}";
    }

    private static IEnumerable<string> Enumeration(EnumData item) =>
        item.Values.Select(v => $"value {item.Name} {v.Key} {v.Value}").Prepend($"enum {item.Name}");

    private static IEnumerable<string> Class(CoclassData item)
    {
        yield return $"class {item.Name} {item.Clsid}{(item.Creatable ? " creatable" : "")}";

        // widl crashes on IDispatch in a class.
        foreach (var name in item.Interfaces.Where(n => n != "IDispatch"))
        {
            yield return $"implements {item.Name} {name}{(item.Default.Contains(name) ? " default" : "")}";
        }

        foreach (var name in item.Sources)
        {
            yield return $"implements {item.Name} {name}{(item.DefaultSource.Contains(name) ? " default" : "")} source";
        }
    }
}
