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

    [Theory]
    [InlineData(typeof(IComImApplication), "IComImApplication", "interface")]
    [InlineData(typeof(IComImMessage), "IComImMessage", "interface")]
    [InlineData(typeof(IComImEvents), "_IComImEvents", "dispinterface")]
    public void Interfaces_have_the_ids_the_members_and_the_order_of_the_idl(Type type, string name, string kind)
    {
        var contract = _idl.Single(c => c.Name == name);
        Assert.Equal(kind, contract.Kind);
        Assert.Equal(type.GUID, contract.Id);
        Assert.Equal(contract.Members, Slots(type), SlotComparer);
    }

    [Fact]
    public void Classes_have_the_ids_of_the_idl() =>
        Assert.Equal(typeof(Application).GUID, _idl.Single(c => c is { Kind: "coclass", Name: "Application" }).Id);

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
    private static IEnumerable<IdlFile.Member> Slots(Type type) => type.GetMethods()
        .OrderBy(method => method.MetadataToken)
        .Select(method =>
        {
            var property = type.GetProperties().SingleOrDefault(p => p.GetMethod == method || p.SetMethod == method);
            var id = ((MemberInfo?)property ?? method).GetCustomAttribute<DispIdAttribute>()!.Value;
            var kind = property == null ? "method" : property.GetMethod == method ? "propget" : "propputref";
            return new IdlFile.Member(property?.Name ?? method.Name, id, kind);
        });

    private static bool SlotComparer(IdlFile.Member expected, IdlFile.Member actual) => expected == actual;
}
