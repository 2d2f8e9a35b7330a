using System.Text.RegularExpressions;

namespace ComIm.HelpGenerator;

/// <summary>
/// Reads a page: a title, a synopsis, and the sections Description, Parameters, Examples, Inputs, Outputs, Notes and
/// Links. A page that is built otherwise is an error, so that nothing is lost on the way into Get-Help.
/// </summary>
internal static partial class HelpPageReader
{
    private static readonly string[] Sections = ["Description", "Parameters", "Examples", "Inputs", "Outputs", "Notes", "Links"];

    /// <summary>Reads a page.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="InvalidDataException">It is not built as pages are.</exception>
    public static HelpPage Read(string file)
    {
        var text = File.ReadAllText(file).ReplaceLineEndings("\n");
        var (title, body) = Split(text, "# ").Single();
        var parts = Split("## \n" + body, "## ").ToDictionary(part => part.Title, part => part.Body);
        foreach (var section in parts.Keys.Where(key => key.Length > 0 && !Sections.Contains(key)))
        {
            throw new InvalidDataException($"{file} has a section {section}, which is not one of {string.Join(", ", Sections)}.");
        }

        string Section(string name, bool isNeeded = true) => parts.GetValueOrDefault(name)
            ?? (isNeeded ? throw new InvalidDataException($"{file} has no section {name}.") : "");
        return new HelpPage(
            title,
            Paragraphs(parts[""]).Single(),
            Paragraphs(Section("Description")),
            Split(Section("Parameters"), "### ").ToDictionary(part => part.Title.TrimStart('-'), part => (IReadOnlyList<string>)Paragraphs(part.Body)),
            [.. Split(Section("Examples"), "### ").Select(part => ReadExample(file, part))],
            ReadTypes(Section("Inputs")),
            ReadTypes(Section("Outputs")),
            Paragraphs(Section("Notes", isNeeded: false)),
            [.. Link().Matches(Section("Links")).Select(link => link.Groups[1].Value)]);
    }

    private static HelpExample ReadExample(string file, (string Title, string Body) part)
    {
        var code = Code().Match(part.Body);
        if (!code.Success)
        {
            throw new InvalidDataException($"{file}: the example '{part.Title}' has no code.");
        }

        var title = TitleOfExample().Match(part.Title);
        var remarks = part.Body.Remove(code.Index, code.Length);
        return new HelpExample(title.Groups[1].Value, title.Groups[2].Value, code.Groups[1].Value.TrimEnd(), Paragraphs(remarks));
    }

    private static List<HelpType> ReadTypes(string text) =>
        [.. TypeLine().Matches(text).Select(line => new HelpType(line.Groups[1].Value, Plain(line.Groups[2].Value.Trim())))];

    private static IEnumerable<(string Title, string Body)> Split(string text, string mark)
    {
        string? title = null;
        var body = new List<string>();
        var isCode = false;
        foreach (var line in text.Split('\n'))
        {
            isCode ^= line.StartsWith("```", StringComparison.Ordinal);
            if (isCode || !line.StartsWith(mark, StringComparison.Ordinal))
            {
                body.Add(line);
                continue;
            }

            if (title is not null)
            {
                yield return (title, string.Join('\n', body));
            }

            title = line[mark.Length..].Trim();
            body.Clear();
        }

        if (title is not null)
        {
            yield return (title, string.Join('\n', body));
        }
    }

    /// <summary>Paragraphs with their lines joined; of an example in between, lines stay lines.</summary>
    private static List<string> Paragraphs(string text) =>
    [
        .. text.Split("\n\n").Select(paragraph => paragraph.Trim('\n')).Where(paragraph => paragraph.Trim().Length > 0)
            .Select(paragraph => Plain(string.Join(' ', paragraph.Split('\n').Select(line => line.Trim())))),
    ];

    // Get-Help shows text, not Markdown.
    private static string Plain(string text) => Link().Replace(text, "$1").Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```powershell\n(.*?)^```\n?", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^(?:([A-Z][A-Za-z]+): )?(.*)$")]
    private static partial Regex TitleOfExample();

    [GeneratedRegex(@"^- ([A-Za-z0-9_.\[\]]+)(?:: (.*))?$", RegexOptions.Multiline)]
    private static partial Regex TypeLine();
}
