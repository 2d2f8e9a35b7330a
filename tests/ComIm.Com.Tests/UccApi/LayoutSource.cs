using System.Text;
using ComIm.ContractGenerator;

namespace ComIm.Com.Tests.UccApi;

/// <summary>Writes programs that compile only where a header has the layout of the data.</summary>
internal static class LayoutSource
{
    /// <summary>C: every member stands in its slot, every enumerator has its value.</summary>
    public static string WriteC(ContractData data, string header)
    {
        var text = new StringBuilder($"#define COBJMACROS\n#define CINTERFACE\n#include <stddef.h>\n#include \"{header}\"\n");
        foreach (var contract in data.Interfaces.Where(i => !i.IsEvents))
        {
            foreach (var member in data.Lineage(contract).SelectMany(i => i.Members))
            {
                var prefix = member.Kind switch { "propget" => "get_", "propput" => "put_", _ => "" };
                text.Append($"_Static_assert(offsetof({contract.Name}Vtbl, {prefix}{member.Name}) == {member.Slot} * sizeof(void *), ")
                    .Append($"\"{contract.Name}.{member.Name}\");\n");
            }

            var last = data.Lineage(contract).SelectMany(i => i.Members).Max(m => m.Slot);
            text.Append($"_Static_assert(sizeof({contract.Name}Vtbl) == {last + 1} * sizeof(void *), \"{contract.Name}\");\n");
        }

        foreach (var (name, value) in data.Enums.SelectMany(e => e.Values))
        {
            text.Append($"_Static_assert({name} == {value}, \"{name}\");\n");
        }

        return text.ToString();
    }

    /// <summary>C++: every interface has its IID and derives from its base, every class has its CLSID.</summary>
    public static string WriteCpp(ContractData data, string header)
    {
        var text = new StringBuilder($$"""
            #include <type_traits>
            #include <initguid.h>
            #include "{{header}}"
            constexpr bool same(GUID const &a, unsigned long d1, unsigned short d2, unsigned short d3, unsigned long long d4)
            {
                unsigned long long rest = 0;
                for (int i = 0; i < 8; i++) rest = rest << 8 | a.Data4[i];
                return a.Data1 == d1 && a.Data2 == d2 && a.Data3 == d3 && rest == d4;
            }

            """);
        foreach (var contract in data.Interfaces)
        {
            text.Append($"static_assert(same(__uuidof({contract.Name}), {Words(contract.Iid)}), \"{contract.Name}\");\n");
            if (!contract.IsEvents)
            {
                text.Append($"static_assert(std::is_base_of<{contract.Base}, {contract.Name}>::value, \"{contract.Name}\");\n");
            }
        }

        foreach (var item in data.Coclasses)
        {
            text.Append($"static_assert(same(__uuidof({item.Name}), {Words(item.Clsid)}), \"{item.Name}\");\n");
        }

        return text.ToString();
    }

    private static string Words(Guid id)
    {
        var text = id.ToString("N");
        return $"0x{text[..8]}, 0x{text[8..12]}, 0x{text[12..16]}, 0x{text[16..]}ull";
    }
}
