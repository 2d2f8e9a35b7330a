using System.Text.RegularExpressions;

namespace ComIm.TestKit;

/// <summary>The READMEs of the repository, for the tests that do what they say.</summary>
public static partial class Readmes
{
    private const string Fence = "```";
    private static readonly Lazy<IReadOnlyList<ReadmeBlock>> Read = new(ReadAll);

    /// <summary>The root of the checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every README, from the root on.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        .. new[] { "", "src", "src/*", "src/*/*", "tests", "tests/*" }
            .SelectMany(FoldersOf)
            .Select(folder => Path.Combine(folder, "README.md"))
            .Where(File.Exists)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Every block of code in them.</summary>
    public static IReadOnlyList<ReadmeBlock> Blocks => Read.Value;

    /// <summary>The names of the blocks in a language that are run here.</summary>
    public static IEnumerable<string> NamesOf(string language) =>
        Blocks.Where(block => block.Language == language && block.NotRunHere is null).Select(block => block.Name);

    /// <summary>The block of a name.</summary>
    public static ReadmeBlock Find(string name) => Blocks.Single(block => block.Name == name);

    /// <summary>The lines of a file that stand outside its blocks; empty where one stands within.</summary>
    public static IReadOnlyList<string> ProseOf(string file)
    {
        var isCode = false;
        return [.. LinesOf(file).Select(line =>
        {
            var isFence = line.TrimStart().StartsWith(Fence, StringComparison.Ordinal);
            isCode ^= isFence;
            return isCode || isFence ? "" : line;
        })];
    }

    /// <summary>The blocks of a text; one of <c>text</c> belongs to the one before it.</summary>
    /// <param name="file">What the text is called.</param>
    /// <param name="lines">Its lines.</param>
    public static IEnumerable<ReadmeBlock> BlocksOf(string file, string[] lines)
    {
        ReadmeBlock? last = null;
        foreach (var block in FencesOf(file, lines))
        {
            if (block.Language == "text" && last is not null)
            {
                last = last with { Output = block.Text };
                continue;
            }

            if (last is not null)
            {
                yield return last;
            }

            last = block;
        }

        if (last is not null)
        {
            yield return last;
        }
    }

    private static IReadOnlyList<ReadmeBlock> ReadAll() => [.. Files.SelectMany(file => BlocksOf(file, LinesOf(file)))];

    private static IEnumerable<ReadmeBlock> FencesOf(string file, string[] lines)
    {
        var before = "";
        for (var i = 0; i < lines.Length; i++)
        {
            // A block in an item of a list is indented with it.
            var indent = lines[i].Length - lines[i].TrimStart().Length;
            if (lines[i].TrimStart().StartsWith(Fence, StringComparison.Ordinal))
            {
                var end = Array.FindIndex(lines, i + 1, line => line.Trim() == Fence);
                var text = string.Join('\n', lines[(i + 1)..end].Select(line => line.Length > indent ? line[indent..] : line.TrimStart()));
                yield return new ReadmeBlock(file, i + 2, lines[i].Trim()[Fence.Length..], text, NotRunHere().Match(before) is { Success: true } mark ? mark.Groups[1].Value : null, null);
                i = end;
            }
            else if (lines[i].Length > 0)
            {
                before = lines[i];
            }
        }
    }

    private static string[] LinesOf(string file) => File.ReadAllText(Path.Combine(Root, file)).ReplaceLineEndings("\n").Split('\n');

    private static IEnumerable<string> FoldersOf(string pattern) => pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(
        (IEnumerable<string>)[Root],
        (folders, part) => folders.SelectMany(folder => Directory.EnumerateDirectories(folder, part)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ComIm.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"not run here \(((?:another server|real Windows)[^)]*)\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotRunHere();
}
