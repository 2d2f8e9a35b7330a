using System.Text.RegularExpressions;
using ComIm.TestKit;

namespace ComIm.Cli.Tests.Documentation;

/// <summary>RFCs.md names every document that the sources follow, and says where it is followed.</summary>
public sealed partial class SpecificationListTests
{
    private const string List = "RFCs.md";

    [Fact]
    public void EveryDocumentOfTheSources_HasARow()
    {
        var listed = Number().Matches(string.Join('\n', Readmes.ProseOf(List))).Select(match => match.Value).ToHashSet();
        var missing = Directory.EnumerateFiles(Path.Combine(Readmes.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Reference().Matches(File.ReadAllText(file)).Select(match => (match.Groups[1].Value, Path.GetFileName(file))))
            .Where(named => !listed.Contains(named.Item1));

        Assert.Empty(missing);
    }

    [Fact]
    public void EveryRow_SaysWhere()
    {
        foreach (var cells in Readmes.ProseOf(List).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Skip(1))
        {
            Assert.Equal(5, cells.Length);
            var places = Code().Matches(cells[3]).Select(match => match.Groups[1].Value).ToList();
            Assert.True(places.Count > 0 || cells[2].StartsWith("not", StringComparison.Ordinal), $"{cells[1]} says nowhere.");
            Assert.All(places, place => Assert.True(
                new[] { "", "src" }.Select(folder => Path.Combine(Readmes.Root, folder, place)).Any(path => File.Exists(path) || Directory.Exists(path)),
                $"{cells[1]}: {place} is not there."));
        }
    }

    [GeneratedRegex(@"\b\d{4}\b")]
    private static partial Regex Number();

    [GeneratedRegex(@"\bRFC (\d{4})\b")]
    private static partial Regex Reference();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
