using System.Text.RegularExpressions;
using ComIm.Server.Configuration;
using ComIm.TestKit;

namespace ComIm.Cli.Tests.Documentation;

/// <summary>
/// What the READMEs say is so. Their blocks are run: bash, C# and JSON here, VBScript, JScript and what registers under Wine in
/// ComIm.Com.Tests, PowerShell in ComIm.PowerShell.Tests. What no machine of ours can run is marked in the line before it.
/// </summary>
public sealed partial class ReadmeTests
{
    private static readonly string[] Languages = ["bash", "csharp", "json", "vb", "js", "bat", "powershell"];

    public static TheoryData<string> Files => [.. Readmes.Files];

    public static TheoryData<string> JsonBlocks => [.. Readmes.NamesOf("json")];

    [Fact]
    public void Block_IsRunOrMarked()
    {
        Assert.Contains("README.md", Readmes.Files);
        Assert.All(Readmes.Blocks, block => Assert.True(
            Languages.Contains(block.Language) || block.NotRunHere is not null,
            $"{block.Name}: nobody runs '{block.Language}'; the line before says neither \"not run here (another server)\" nor \"(real Windows)\"."));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Code_StandsInFences(string file)
    {
        var lines = Readmes.ProseOf(file);
        for (var i = 1; i < lines.Count; i++)
        {
            // Four columns behind an empty line are code, which would escape the tests; in a list they are text.
            var isCode = lines[i].StartsWith("    ", StringComparison.Ordinal) && lines[i - 1].Length == 0
                && !ListMark().IsMatch(lines.Take(i).LastOrDefault(line => line.Length > 0 && line[0] != ' ', ""));
            Assert.False(isCode, $"{file}:{i + 1}: {lines[i]}");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Links_LeadToFiles(string file)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Readmes.Root, file))!;
        foreach (var target in Readmes.ProseOf(file).SelectMany(line => Link().Matches(line)).Select(match => match.Groups[1].Value))
        {
            var path = Path.Combine(folder, target.Split('#')[0]);
            Assert.True(File.Exists(path) || Directory.Exists(path), $"{file} links to {target}, which is not there.");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task CommandsInTheText_AreTaken(string file)
    {
        foreach (var command in Readmes.ProseOf(file).SelectMany(line => InlineCommand().Matches(line)).Select(match => match.Groups[1].Value))
        {
            var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var (exitCode, help, _) = await CliRun.RunAsync([words[0], "--help"]);
            Assert.True(exitCode == 0, $"{file}: comim {command}");
            Assert.All(words.Where(w => w.StartsWith("--", StringComparison.Ordinal)), option => Assert.Matches($@"{option}\b", help));
        }
    }

    [Theory]
    [MemberData(nameof(JsonBlocks))]
    public void Json_IsAConfigurationOfTheServer(string name)
    {
        using var folder = new ReadmeFolder();
        var options = ServerConfiguration.Read(folder.Write("server.json", Readmes.Find(name).Text));

        Assert.Equal("example.com", options.Domain);
        Assert.NotNull(options.Certificate);
    }

    [GeneratedRegex(@"\]\((?!https?:)([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(\*|\d+\.) ")]
    private static partial Regex ListMark();

    [GeneratedRegex(@"`comim ([a-z][^`]*)`")]
    private static partial Regex InlineCommand();
}
