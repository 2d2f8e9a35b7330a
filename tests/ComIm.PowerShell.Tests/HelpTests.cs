using System.Text.RegularExpressions;

namespace ComIm.PowerShell.Tests;

/// <summary>What Get-Help shows is what the cmdlets are, checked without an engine.</summary>
public sealed class HelpTests
{
    public static TheoryData<string> Names => [.. StagedModule.CmdletInfos.Keys];

    [Fact]
    public void HelpFile_IsWhatTheGeneratorMakes()
    {
        var checkedIn = File.ReadAllText(Generator.HelpFile).ReplaceLineEndings("\n");

        Assert.True(Generator.Generate() == checkedIn, "The help file is out of date: run 'dotnet run' in tests/ComIm.HelpGenerator.");
    }

    [Fact]
    public void Pages_AreThoseOfTheCmdlets() =>
        Assert.Equal(
            StagedModule.CmdletInfos.Keys.Order(),
            Directory.EnumerateFiles(Generator.PagesFolder).Select(file => Path.GetFileNameWithoutExtension(file)!).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_DescribesEveryParameterAndNoOther(string name)
    {
        var (cmdlet, page) = Find(name);

        Assert.Equal(name, page.Name);
        Assert.Equal(cmdlet.Parameters.Select(p => p.Name).Distinct().Order(), page.Parameters.Keys.Order());
        Assert.All(page.Parameters.Values, text => Assert.NotEmpty(text));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Examples_ShowEveryParameterSet(string name)
    {
        var (cmdlet, page) = Find(name);

        Assert.Equal(cmdlet.Sets.Order(), page.Examples.Select(e => e.Set).Distinct().Order());
        Assert.All(page.Examples, e => Assert.Contains(name, e.Code, StringComparison.Ordinal));
        foreach (var example in page.Examples.Where(e => e.Set.Length > 0))
        {
            // A parameter of another set only would not be taken.
            var own = cmdlet.ParametersOf(example.Set).Select(p => p.Name).ToList();
            var foreign = cmdlet.Parameters.Select(p => p.Name).Except(own);
            var call = Regex.Match(example.Code, $@"{name}\b[^|\r\n]*").Value;
            Assert.DoesNotContain(foreign, parameter => Regex.IsMatch(call, $@"\s-{parameter}\b"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_AreWhatTheCmdletDeclares(string name)
    {
        var (cmdlet, page) = Find(name);
        var shown = page.Outputs.Select(o => o.Name).Where(o => o != "None");

        // What comes only with -PassThru is explained under None.
        Assert.All(shown, o => Assert.Contains(o, cmdlet.Emitted.Select(type => type.FullName)));
        if (!page.Outputs.Any(o => o.Name == "None"))
        {
            Assert.Equal(cmdlet.Emitted.Select(type => type.FullName).Order(), shown.Order());
        }
        else if (cmdlet.Emitted.Any())
        {
            Assert.Contains(page.Outputs, o => o.Text.Contains("-PassThru", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Links_LeadToCmdlets(string name)
    {
        var page = Find(name).Page;

        Assert.NotEmpty(page.Links);
        Assert.All(page.Links, link => Assert.Contains(link, StagedModule.CmdletInfos.Keys));
        Assert.DoesNotContain(name, page.Links);
    }

    [Fact]
    public void About_NamesEveryErrorId()
    {
        var about = File.ReadAllText(Path.Combine(StagedModule.Folder, "en-US", "about_ComIm.help.txt"));

        Assert.All(ErrorTable.Ids, id => Assert.Matches($@"^ +{id} +\S", about.ReplaceLineEndings("\n").Split('\n').FirstOrDefault(line => line.Contains(id, StringComparison.Ordinal)) ?? ""));
        Assert.Contains("Windows PowerShell 5.1", about, StringComparison.Ordinal);
        Assert.All(about.Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= 80, line));
    }

    private static (CmdletInfo Cmdlet, HelpPage Page) Find(string name) => Generator.Pages.Single(entry => entry.Cmdlet.Name == name);
}
