using System.Text.RegularExpressions;
using ComIm.Com.Tests.Wine;

namespace ComIm.Com.Tests.Automation;

/// <summary>ComIm's own type library through ITypeLib: the checked-in one, the compiled one, the IDL, and the VBA sample.</summary>
[Collection(WineCollection.Name)]
public sealed partial class TypeLibraryTests(WinePrefix wine)
{
    private static readonly string Idl = Path.Combine(Repository.Root, "src", "ComIm.Com", "ComIm.idl");

    [SkippableFact]
    public async Task The_checked_in_library_is_the_one_in_the_comhost() => Assert.Equal(
        await ReadAsync(Path.ChangeExtension(Idl, ".tlb")), await ReadAsync(Path.Combine(AppContext.BaseDirectory, ComServer.ComHostFile, "1")));

    [SkippableFact]
    public async Task The_library_has_the_members_of_the_idl()
    {
        var names = new LibraryNames(await ReadAsync(Path.ChangeExtension(Idl, ".tlb")));
        var expected = IdlFile.Read(Idl).SelectMany(c => c.Members.Select(m => (c.Name, m.Name, m.DispId))).Distinct();
        Assert.Equal(expected.Order(), names.All.Order());
    }

    [Fact]
    public void Every_member_has_a_help_string()
    {
        var text = File.ReadAllText(Idl);
        Assert.Equal(MemberAttribute().Count(text), HelpfulMember().Count(text));
    }

    [SkippableTheory]
    [InlineData("Chat.cls")]
    [InlineData("Main.bas")]
    public async Task The_VBA_sample_names_what_there_is(string module)
    {
        var names = new LibraryNames(await ReadAsync(Path.ChangeExtension(Idl, ".tlb")));
        var text = await File.ReadAllTextAsync(ChatTests.Sample("vba", module));
        Assert.Contains("ComIm.Application", text, StringComparison.Ordinal);
        Assert.Empty(VbaText.FindProblems(text, names));

        // And it would be noticed if it did not.
        Assert.Equal(2, VbaText.FindProblems(text + "\napp.SignUp 1\nDim x As ComIm.Nonsense\n", names).Count());
        Assert.Single(VbaText.FindProblems(text + "\nDim y As New ComIm.Application\ny.ConversationsManager.Nonsense(1).Wait\n", names));
        Assert.Single(VbaText.FindProblems("Private WithEvents z As ComIm.Application\nPrivate Sub z_OnNonsense()\nEnd Sub\n", names));
    }

    private async Task<IReadOnlyList<string>> ReadAsync(string library)
    {
        WinePrefix.Demand();
        var program = await wine.CompileAsync(ChatTests.Script("typelib.cpp"));
        var output = await wine.RunMarkedAsync("typelib", [program, WinePrefix.ToWindows(library)]);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')).Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"\[id\(")]
    private static partial Regex MemberAttribute();

    [GeneratedRegex(@"\[id\([^\]]*helpstring\(""[^""]{5,}""\)\]")]
    private static partial Regex HelpfulMember();
}
