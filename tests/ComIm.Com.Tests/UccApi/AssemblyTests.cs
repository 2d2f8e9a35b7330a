using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.ContractGenerator;

namespace ComIm.Com.Tests.UccApi;

/// <summary>The compiled assembly against the data, member by member: the runtime builds vtables from it.</summary>
public sealed class AssemblyTests
{
    private const string Namespace = "ComIm.Com.UccApi.Contract";

    private static readonly Assembly Assembly = typeof(IUccPlatform).Assembly;

    public static TheoryData<string> InterfaceNames => Data.InterfaceNames;

    public static TheoryData<string> EnumNames => Data.EnumNames;

    public static TheoryData<string> CoclassNames => Data.CoclassNames;

    [Fact]
    public void Nothing_is_missing_and_nothing_is_added()
    {
        var types = Assembly.GetExportedTypes().Where(t => t.Namespace == Namespace).ToList();
        Assert.Equal(
            Data.Contract.Interfaces.Select(i => i.Name).Order(StringComparer.Ordinal),
            types.Where(t => t.IsInterface).Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            Data.Contract.Enums.Select(e => e.Name).Order(StringComparer.Ordinal),
            types.Where(t => t.IsEnum).Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal(Data.Contract.Coclasses.Select(c => c.Name), UccCoclasses.All.Select(c => c.Name));
        Assert.Equal((186, 42, 87, 109), (
            Data.Contract.Interfaces.Count, Data.Contract.Interfaces.Count(i => i.IsEvents), Data.Contract.Enums.Count, Data.Contract.Coclasses.Count));
    }

    [Theory]
    [MemberData(nameof(InterfaceNames))]
    public void Interface_is_that_of_the_data(string name)
    {
        var expected = Data.Contract.Find(name)!;
        var type = Contract(name);
        Assert.Equal(expected.Iid, type.GUID);
        Assert.True(type.GetCustomAttribute<ComVisibleAttribute>()!.Value);
        Assert.Equal(InterfaceType(expected), type.GetCustomAttribute<InterfaceTypeAttribute>()!.Value);
        var parents = Data.Contract.Lineage(expected).SkipLast(1).Select(i => i.Name);
        Assert.Equal(
            parents.Order(StringComparer.Ordinal),
            type.GetInterfaces().Where(t => t.Namespace == Namespace).Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal(Expected(expected), Actual(type));
    }

    [Theory]
    [MemberData(nameof(EnumNames))]
    public void Enum_is_that_of_the_data(string name)
    {
        var type = Contract(name);
        Assert.Equal(typeof(int), Enum.GetUnderlyingType(type));
        Assert.Equal(
            Data.Contract.Enums.Single(e => e.Name == name).Values,
            type.GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(f => f.Name, f => (int)f.GetRawConstantValue()!));
    }

    [Theory]
    [MemberData(nameof(CoclassNames))]
    public void Class_is_that_of_the_data(string name)
    {
        var expected = Data.Contract.Coclasses.Single(c => c.Name == name);
        var actual = UccCoclasses.All.Single(c => c.Name == name);
        Assert.Equal(expected.Clsid, actual.Clsid);
        Assert.Equal(expected.Clsid.ToString(), typeof(UccClassIds).GetField(name)!.GetRawConstantValue());
        Assert.Equal(expected.Creatable, actual.IsCreatable);
        Assert.Equal(expected.Default, [actual.DefaultInterface.Name]);
        Assert.Equal(
            expected.Interfaces, actual.Interfaces.Select(t => t == typeof(IDispatchRaw) ? "IDispatch" : t.Name));
        Assert.Equal(expected.Sources, actual.Sources.Select(t => t.Name));
        Assert.Equal(expected.DefaultSource, actual.DefaultSource is { } source ? [source.Name] : []);
    }

    [Fact]
    public void Constants_are_those_of_the_data()
    {
        Assert.Equal(
            Data.Contract.Constants.ToDictionary(c => c.Key, c => c.Value.ToString()),
            typeof(UccConstants).GetFields().ToDictionary(
                f => f.Name, f => Convert.ToString(f.GetRawConstantValue(), CultureInfo.InvariantCulture)!));
        Assert.Equal(UccClassIds.Library, Data.Contract.Library.LibId.ToString());
    }

    [Fact]
    public void HResults_are_those_of_the_data() => Assert.Equal(
        File.ReadAllLines(Path.Combine(Data.Folder, "hresults.tsv")).Skip(1).Select(line => line.Split('\t')).ToDictionary(c => c[1], c => c[0]),
        typeof(UccHResults).GetFields().ToDictionary(f => f.Name, f => $"0x{(int)f.GetRawConstantValue()!:X8}"));

    private static Type Contract(string name) => Assembly.GetType($"{Namespace}.{name}", throwOnError: true)!;

    private static ComInterfaceType InterfaceType(InterfaceData contract) => contract.Kind switch
    {
        "dispinterface" => ComInterfaceType.InterfaceIsIDispatch,
        // Seven slots before the first: dual, or derived from one that is.
        _ when Data.Contract.Lineage(contract)[0].Members[0].Slot == 7 => ComInterfaceType.InterfaceIsDual,
        _ => ComInterfaceType.InterfaceIsIUnknown,
    };

    private static IEnumerable<string> Expected(InterfaceData contract)
    {
        foreach (var member in Data.Contract.Lineage(contract).SelectMany(i => i.Members))
        {
            var parameters = member.VtableParameters.Select(p => ExpectedParameter(p, member));
            yield return $"{member.Slot} {member.Kind} {member.Name} {member.DispId} ({string.Join(", ", parameters)})";
        }
    }

    private static string ExpectedParameter(ParameterData parameter, MemberData member)
    {
        // A result has no name in C#, and that of a property's value is always the same.
        var isValue = parameter.Name == null || (member.Kind == "propput" && parameter == member.Params[^1] && !HasIndex(member));
        var name = parameter.IsResult ? "" : isValue ? "value" : parameter.Name;
        var optional = parameter.IsOptional ? "optional " : "";
        var direction = parameter.IsResult ? "retval" : parameter.IsOut ? "out" : "in";
        var type = parameter.Type.Replace("LONG_PTR", "long", StringComparison.Ordinal);
        return $"{optional}{direction} {type} {name}";
    }

    private static bool HasIndex(MemberData member) => member.Params.Count > 1;

    // The slots as the runtime lays them out: in the order in which the methods are declared.
    private static IEnumerable<string> Actual(Type type)
    {
        var isEvents = type.GetCustomAttribute<InterfaceTypeAttribute>()!.Value == ComInterfaceType.InterfaceIsIDispatch;
        var first = type.GetCustomAttribute<InterfaceTypeAttribute>()!.Value == ComInterfaceType.InterfaceIsDual ? 7 : 3;
        foreach (var (index, method) in type.GetMethods().OrderBy(m => m.MetadataToken).Index())
        {
            var property = type.GetProperties().SingleOrDefault(p => p.GetMethod == method || p.SetMethod == method);
            var (kind, name) = Kind(method);
            var id = ((MemberInfo?)property ?? method).GetCustomAttribute<DispIdAttribute>()!.Value;
            var parameters = method.GetParameters().Select(ActualParameter)
                .Concat(method.ReturnType == typeof(void) ? [] : [$"retval {ComType(method.ReturnParameter, method.ReturnType)}* "]);
            yield return $"{(isEvents ? "" : (first + index).ToString(CultureInfo.InvariantCulture))} {kind} {name} {id} ({string.Join(", ", parameters)})";
        }
    }

    private static (string Kind, string Name) Kind(MethodInfo method) => method.Name[..Math.Min(4, method.Name.Length)] switch
    {
        "get_" => ("propget", method.Name[4..]),
        "set_" => ("propput", method.Name[4..]),
        _ => ("method", method.Name),
    };

    private static string ActualParameter(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var text = type.IsByRef ? ComType(parameter, type.GetElementType()!) + "*" : ComType(parameter, type);
        return $"{(parameter.IsOptional ? "optional " : "")}{(parameter.IsOut ? "out" : "in")} {text} {parameter.Name}";
    }

    // What the runtime marshals a C# type as.
    private static string ComType(ParameterInfo parameter, Type type)
    {
        var marshalling = parameter.GetCustomAttribute<MarshalAsAttribute>()?.Value;
        return (type, marshalling) switch
        {
            _ when type == typeof(object) && marshalling == UnmanagedType.Struct => "VARIANT",
            _ when type == typeof(object) && marshalling == UnmanagedType.IUnknown => "IUnknown*",
            _ when type == typeof(int) && marshalling == UnmanagedType.Error => "HRESULT",
            _ when marshalling != null => $"{type} as {marshalling}",
            _ when type == typeof(string) => "BSTR",
            _ when type == typeof(bool) => "VARIANT_BOOL",
            _ when type == typeof(short) => "short",
            _ when type == typeof(int) => "long",
            _ when type == typeof(uint) => "unsigned long",
            _ when type == typeof(ulong) => "unsigned hyper",
            _ when type == typeof(DateTime) => "DATE",
            _ when type.IsInterface => type.Name + "*",
            _ => type.Name,
        };
    }
}
