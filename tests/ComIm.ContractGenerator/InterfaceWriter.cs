namespace ComIm.ContractGenerator;

/// <summary>
/// Writes an interface. The runtime gives a C# interface a vtable of its own members only, so the members of the bases
/// stand in it again, before its own, as they do in assemblies made from type libraries.
/// </summary>
internal sealed class InterfaceWriter(ContractData data)
{
    private const int NewEnumId = -4;

    public string Write(InterfaceData contract)
    {
        var text = SourceText.CSharp("System", "System.Collections", "System.Runtime.InteropServices");
        var lineage = data.Lineage(contract);
        text.Summary(contract.IsEvents ? $"The events {contract.Name}." : $"The interface {contract.Name}.");
        text.Line("[ComVisible(true)]");
        text.Line($"[Guid(\"{contract.Iid}\")]");
        text.Line($"[InterfaceType(ComInterfaceType.{InterfaceType(contract)})]");
        text.Line($"public interface {contract.Name}{Bases(contract)}");
        text.Open();
        var first = true;
        foreach (var owner in lineage)
        {
            foreach (var group in Group(owner.Members))
            {
                if (!first)
                {
                    text.Line();
                }

                first = false;
                WriteMember(text, group, owner, inherited: owner != contract);
            }
        }

        text.Close();
        return text.ToString();
    }

    private string InterfaceType(InterfaceData contract) => contract.IsEvents
        ? "InterfaceIsIDispatch"
        : data.Root(contract) == "IDispatch" ? "InterfaceIsDual" : "InterfaceIsIUnknown";

    private string Bases(InterfaceData contract)
    {
        if (data.Find(contract.Base) != null)
        {
            return " : " + contract.Base;
        }

        // foreach in C#, as the original interop assembly has it. It takes no slot.
        return contract.Members.Any(m => m.DispId == NewEnumId) ? " : IEnumerable" : "";
    }

    // The accessors of one property stand together; which is first differs.
    private static IEnumerable<IReadOnlyList<MemberData>> Group(IReadOnlyList<MemberData> members)
    {
        for (var i = 0; i < members.Count; i++)
        {
            var isPair = i + 1 < members.Count && members[i].Kind != "method" && members[i + 1].Name == members[i].Name;
            yield return isPair ? [members[i], members[++i]] : [members[i]];
        }
    }

    private void WriteMember(SourceText text, IReadOnlyList<MemberData> group, InterfaceData owner, bool inherited)
    {
        var modifier = inherited ? "new " : "";
        var member = group[0];
        if (member.Kind == "method")
        {
            WriteMethod(text, member, member.Name, owner, modifier);
        }
        else if (group.All(IsPlain))
        {
            WriteProperty(text, group, owner, modifier);
        }
        else
        {
            // C# has no word for a property with parameters.
            foreach (var (index, accessor) in group.Index())
            {
                if (index > 0)
                {
                    text.Line();
                }

                WriteMethod(text, accessor, (accessor.Kind == "propget" ? "get_" : "set_") + accessor.Name, owner, modifier);
            }
        }
    }

    private static bool IsPlain(MemberData accessor) =>
        IsIndexer(accessor) || accessor.Arguments.Count == (accessor.Kind == "propget" ? 0 : 1);

    private static bool IsIndexer(MemberData member) => member is { DispId: 0, Name: "Item", Kind: "propget" };

    private void WriteProperty(SourceText text, IReadOnlyList<MemberData> group, InterfaceData owner, string modifier)
    {
        var types = group.Select(ValueType).Distinct().ToList();
        var type = types.Count == 1 ? types[0] : throw new InvalidDataException($"{owner.Name}.{group[0].Name} has two types.");
        text.Summary($"The property <c>{group[0].Name}</c> of {owner.Name}{Slots(group)}.");
        text.Line($"[DispId({group[0].DispId})]");
        var name = IsIndexer(group[0]) ? $"this[{Parameters(group[0].Arguments)}]" : group[0].Name;
        var accessors = group.Select(m => m.Kind == "propget" ? type.Attribute("return: ") + "get;" : type.Attribute("param: ") + "set;");
        text.Line($"{modifier}{type.Name} {name} {{ {string.Join(" ", accessors)} }}");
    }

    private CSharpType ValueType(MemberData accessor) =>
        CSharpType.Of(accessor.Kind == "propget" ? accessor.ResultType! : accessor.Arguments[^1].Type, data);

    private void WriteMethod(SourceText text, MemberData member, string name, InterfaceData owner, string modifier)
    {
        text.Summary(owner.IsEvents
            ? $"The event <c>{member.Name}</c>."
            : $"The {(member.Kind == "method" ? "method" : "property")} <c>{member.Name}</c> of {owner.Name}{Slots([member])}.");
        text.Line($"[DispId({member.DispId})]");
        var result = member.ResultType is { } type ? CSharpType.Of(type, data) : new CSharpType("void");
        if (result.Marshalling != null)
        {
            text.Line(result.Attribute("return: ").TrimEnd());
        }

        text.Line($"{modifier}{result.Name} {name}({Parameters(member.Arguments)});");
    }

    private static string Slots(IReadOnlyList<MemberData> group) => group.Count == 1
        ? $" in slot {group[0].Slot}"
        : $" in the slots {group[0].Slot} ({group[0].Kind}) and {group[1].Slot} ({group[1].Kind})";

    private string Parameters(IReadOnlyList<ParameterData> parameters) => string.Join(", ", parameters.Select(Parameter));

    private string Parameter(ParameterData parameter)
    {
        var type = CSharpType.Of(parameter.IsOut ? parameter.Type[..^1] : parameter.Type, data);
        var direction = parameter.IsOut ? "out " : "";
        var defaultValue = !parameter.IsOptional ? "" : type.Name == "int" ? " = 0" : " = null";
        return $"{type.Attribute()}{direction}{type.Name} {parameter.Name ?? "value"}{defaultValue}";
    }
}
