using System.Xml.Linq;

namespace ComIm.PowerShell.Tests;

public sealed class ManifestTests
{
    [Fact]
    public void CmdletsToExport_IsWhatTheAssemblyHolds() =>
        Assert.Equal(StagedModule.CmdletInfos.Keys.Order(), Manifest.List("CmdletsToExport").Order());

    [Theory]
    [InlineData("FunctionsToExport")]
    [InlineData("AliasesToExport")]
    [InlineData("VariablesToExport")]
    public void OtherExports_AreExplicitlyNone(string key) => Assert.Empty(Manifest.List(key));

    [Fact]
    public void ModuleVersion_IsTheOneVersion()
    {
        Assert.Equal(StagedModule.BuildVersion, Manifest.Value("ModuleVersion"));
        Assert.Equal(StagedModule.BuildVersion, StagedModule.Cmdlets.GetName().Version!.ToString(3));
    }

    [Fact]
    public void Files_ThatAreNamed_Exist()
    {
        foreach (var file in (string[])[.. Manifest.List("NestedModules"), .. Manifest.List("TypesToProcess"), .. Manifest.List("FormatsToProcess")])
        {
            Assert.True(File.Exists(Path.Combine(StagedModule.Folder, file)), file);
        }
    }

    [Fact]
    public void Edition_IsTheOneThatRunsNet10()
    {
        Assert.Equal(["Core"], Manifest.List("CompatiblePSEditions"));
        Assert.Equal("7.6", Manifest.Value("PowerShellVersion"));
    }

    [Fact]
    public void Format_NamesTypesAndPropertiesThatExist()
    {
        var views = XDocument.Load(Path.Combine(StagedModule.Folder, "ComIm.format.ps1xml")).Descendants("View").ToList();
        Assert.NotEmpty(views);
        foreach (var view in views)
        {
            var type = FindType(view.Descendants("TypeName").Single().Value);
            foreach (var property in view.Descendants("PropertyName"))
            {
                Assert.True(type.GetProperty(property.Value) is not null, $"{type} has no {property.Value}");
            }

            Assert.Equal(view.Descendants("TableColumnHeader").Count(), view.Descendants("TableColumnItem").Count());
        }
    }

    [Fact]
    public void Format_CoversWhateverCmdletsEmit()
    {
        var viewed = XDocument.Load(Path.Combine(StagedModule.Folder, "ComIm.format.ps1xml")).Descendants("TypeName").Select(name => name.Value);
        var emitted = StagedModule.Emitted.Select(type => type.FullName!).Where(name => name.StartsWith("ComIm.", StringComparison.Ordinal));
        Assert.Empty(emitted.Except(viewed));
    }

    [Fact]
    public void Types_ReferToTypesAndPropertiesThatExist()
    {
        var types = XDocument.Load(Path.Combine(StagedModule.Folder, "ComIm.types.ps1xml")).Root!.Elements("Type").ToList();
        Assert.NotEmpty(types);
        foreach (var extended in types)
        {
            var type = FindType(extended.Element("Name")!.Value);
            var named = extended.Descendants("ReferencedMemberName").Concat(extended.Descendants("ReferencedProperties").Elements("Name"));
            Assert.All(named, property => Assert.True(type.GetProperty(property.Value) is not null, $"{type} has no {property.Value}"));
        }
    }

    private static Type FindType(string name) =>
        StagedModule.Cmdlets.GetType(name)
        ?? StagedModule.Emitted.FirstOrDefault(type => type.FullName == name)
        ?? throw new InvalidDataException($"The format or types file names {name}, which nothing emits.");
}
