using System.Text.RegularExpressions;
using ComIm.Com.Tests.Wine;
using ComIm.ContractGenerator;

namespace ComIm.Com.Tests.UccApi;

/// <summary>
/// The compiled type libraries against the data, through ITypeLib. Names are compared as they are spelled: widl keeps one
/// table of names for all, and the first spelling wins.
/// </summary>
[Collection(WineCollection.Name)]
public sealed partial class TypeLibraryTests(WinePrefix wine)
{
    [SkippableTheory]
    [InlineData(64)]
    [InlineData(32)]
    public async Task The_checked_in_library_is_that_of_the_data(int bits) =>
        await CompareAsync(Path.Combine(Repository.Root, Generator.Folder, bits == 64 ? "UccApi.tlb" : "UccApi32.tlb"), bits);

    [SkippableFact]
    public async Task The_comhost_carries_the_library_of_the_data() =>
        await CompareAsync(Path.Combine(AppContext.BaseDirectory, ComServer.ComHostFile, "2"), 64);

    [SkippableFact]
    public async Task Beside_the_comhost_is_the_library_for_32_bit_clients() =>
        await CompareAsync(Path.Combine(AppContext.BaseDirectory, "UccApi32.tlb"), 32);

    private async Task CompareAsync(string library, int bits)
    {
        WinePrefix.Demand();
        var program = await wine.CompileAsync(ChatTests.Script("typelib.cpp"));
        var output = await wine.RunMarkedAsync("typelib", [program, WinePrefix.ToWindows(library)]);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'))
            .Where(line => line != "typelib: done").Select(line => NameByWidl().Replace(line, ""));
        Assert.Equal(
            TypeLibraryLines.Write(Data.Contract, bits).Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    // widl calls a parameter that has no name a, b, c.
    [GeneratedRegex(@"(?<= )[a-z](?=[,)])")]
    private static partial Regex NameByWidl();
}
