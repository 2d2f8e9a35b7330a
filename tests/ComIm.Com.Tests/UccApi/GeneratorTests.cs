using System.Security.Cryptography;
using ComIm.ContractGenerator;

namespace ComIm.Com.Tests.UccApi;

/// <summary>What is checked in is what the data gives today.</summary>
public sealed class GeneratorTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, Generator.Folder);

    [Fact]
    public void Made_again_the_contract_is_what_is_checked_in()
    {
        var made = Generator.Generate(Data.Folder);
        var stale = made.Where(f => !File.Exists(Path.Combine(Folder, f.Key)) || File.ReadAllText(Path.Combine(Folder, f.Key)) != f.Value)
            .Select(f => f.Key);
        Assert.True(!stale.Any(), "Run tests/ComIm.ContractGenerator; changed: " + string.Join(", ", stale));
        Assert.Equal(
            made.Keys.Where(f => f.EndsWith(".g.cs", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Folder, "*.g.cs", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Made_again_the_declarations_of_a_client_are_what_is_checked_in() => Assert.Equal(
        Generator.GenerateClient(Data.Folder), File.ReadAllText(Path.Combine(Repository.Root, Generator.ClientFile)));

    [Fact]
    public void The_checked_in_type_libraries_are_those_of_the_idl()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, "UccApi.idl"))));
        Assert.True(
            File.ReadAllText(Path.Combine(Folder, "UccApi.tlb.sha256")).StartsWith(hash, StringComparison.Ordinal),
            "UccApi.idl has changed: dotnet build src/ComIm.Com -p:UpdateTypeLibrary=true");
    }
}
