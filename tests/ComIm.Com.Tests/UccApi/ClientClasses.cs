using System.Text;
using ComIm.ContractGenerator;

namespace ComIm.Com.Tests.UccApi;

/// <summary>A table of every class of the data for a C++ client: what it has to answer, and what it has to have connection points for.</summary>
internal static class ClientClasses
{
    public static string Write(ContractData data)
    {
        var text = new StringBuilder(
            "#pragma once\nstruct ClassEntry { const char *name; const wchar_t *clsid; bool creatable; std::vector<const IID *> interfaces, sources; };\n"
            + "static const std::vector<ClassEntry> AllClasses = {\n");
        foreach (var item in data.Coclasses)
        {
            text.Append($"  {{\"{item.Name}\", L\"{item.Clsid:B}\", {(item.Creatable ? "true" : "false")}, ")
                .Append($"{{{References(item.Interfaces)}}}, {{{References(item.Sources)}}}}},\n");
        }

        return text.Append("};\n").ToString();
    }

    private static string References(IEnumerable<string> interfaces) => string.Join(", ", interfaces.Select(i => $"&__uuidof({i})"));
}
