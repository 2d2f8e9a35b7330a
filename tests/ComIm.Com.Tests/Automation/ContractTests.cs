using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ComIm.Com.Automation;

namespace ComIm.Com.Tests.Automation;

/// <summary>ComIm.idl and the C# interfaces say the same; the runtime builds vtables from the latter.</summary>
public sealed class ContractTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "ComIm.Com");

    private readonly IReadOnlyList<IdlFile.Contract> _idl = IdlFile.Read(Path.Combine(Folder, "ComIm.idl"));

    public static TheoryData<string> Interfaces => [.. Exported.Where(type => type.IsInterface).Select(type => type.Name)];

    private static IEnumerable<Type> Exported => typeof(Application).Assembly.GetTypes()
        .Where(type => type.Namespace?.StartsWith(typeof(Application).Namespace!, StringComparison.Ordinal) == true)
        .Where(type => type.GetCustomAttribute<GuidAttribute>() != null);

    [Theory]
    [MemberData(nameof(Interfaces))]
    public void Interfaces_have_the_ids_the_members_and_the_order_of_the_idl(string name)
    {
        var type = Exported.Single(t => t.Name == name);
        var isEvents = type.GetCustomAttribute<InterfaceTypeAttribute>()!.Value == ComInterfaceType.InterfaceIsIDispatch;
        var contract = _idl.Single(c => c.Name == (isEvents ? "_" + name : name));
        Assert.Equal(isEvents ? "dispinterface" : "interface", contract.Kind);
        Assert.Equal(type.GUID, contract.Id);
        Assert.Equal(contract.Members, Slots(type, isEvents));
    }

    [Fact]
    public void The_idl_has_no_other_interfaces() => Assert.Equal(
        Exported.Where(type => type.IsInterface).Select(type => type.Name).Order(StringComparer.Ordinal),
        _idl.Where(c => c.Kind != "coclass").Select(c => c.Name.TrimStart('_')).Order(StringComparer.Ordinal));

    [Fact]
    public void Classes_have_the_ids_of_the_idl() => Assert.Equal(
        Exported.Where(type => type.IsClass).Select(type => type.GUID).Order(),
        _idl.Where(c => c.Kind == "coclass").Select(c => c.Id).Order());

    [Fact]
    public void The_library_has_its_id() => Assert.Contains(
        $"uuid({ComServer.TypeLibraryId})", File.ReadAllText(Path.Combine(Folder, "ComIm.idl")), StringComparison.Ordinal);

    [Fact]
    public void The_checked_in_type_library_is_that_of_the_idl()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, "ComIm.idl"))));
        Assert.True(
            File.ReadAllText(Path.Combine(Folder, "ComIm.tlb.sha256")).StartsWith(hash, StringComparison.Ordinal),
            "ComIm.idl has changed: dotnet build src/ComIm.Com -p:UpdateTypeLibrary=true");
    }

    [Fact]
    public void The_version_of_the_library_is_that_of_the_product() =>
        Assert.StartsWith(ComServer.TypeLibraryVersion + ".", ComServer.ProductVersion, StringComparison.Ordinal);

    // Declaration order is vtable order: a property stands where its accessors do.
    private static IEnumerable<IdlFile.Member> Slots(Type type, bool isEvents) => type.GetMethods()
        .OrderBy(method => method.MetadataToken)
        .Select(method =>
        {
            var property = type.GetProperties().SingleOrDefault(p => p.GetMethod == method || p.SetMethod == method);
            var isIndexed = method.Name.StartsWith("get_", StringComparison.Ordinal);
            var id = ((MemberInfo?)property ?? method).GetCustomAttribute<DispIdAttribute>()!.Value;
            var kind = property?.GetMethod == method || isIndexed ? "propget" : property is null ? "method"
                : property.GetMethod is null ? "propputref" : "propput";
            return new IdlFile.Member(property?.Name ?? (isIndexed ? method.Name[4..] : method.Name), id, kind, Parameters(method, isEvents));
        });

    private static string Parameters(MethodInfo method, bool isEvents)
    {
        var parameters = method.GetParameters().Select(p => Spell(p.ParameterType, isEvents, p.Name!.ToLowerInvariant()));
        var result = method.ReturnParameter.GetCustomAttribute<MarshalAsAttribute>()?.Value == UnmanagedType.IUnknown ? "IUnknown**"
            : method.ReturnType == typeof(void) ? null : Spell(method.ReturnType, isEvents, "*");
        return string.Join(", ", result is null ? parameters : parameters.Append(result.Replace(" *", "*", StringComparison.Ordinal)));
    }

    private static string Spell(Type type, bool isEvents, string name) => type == typeof(string) ? "BSTR " + name
        : type == typeof(bool) ? "VARIANT_BOOL " + name
        : type == typeof(int) ? "long " + name
        : type == typeof(DateTime) ? "DATE " + name
        : type == typeof(object) ? (isEvents ? "IDispatch* " : "VARIANT ") + name
        : $"{type.Name}* {name}";
}
