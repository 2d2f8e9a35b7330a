using System.Text.RegularExpressions;

namespace ComIm.HelpGenerator;

/// <summary>Reads ComIm.psd1 without an engine: it holds nothing but literals, which is itself worth keeping so.</summary>
internal static partial class Manifest
{
    private static readonly string Text = File.ReadAllText(Path.Combine(StagedModule.Folder, "ComIm.psd1"));

    /// <summary>The value of <c>key = 'text'</c>.</summary>
    public static string Value(string key) =>
        Regex.Match(Text, $@"^\s*{key}\s*=\s*'([^']*)'", RegexOptions.Multiline) is { Success: true } match
            ? match.Groups[1].Value
            : throw new InvalidDataException($"The manifest has no {key}.");

    /// <summary>The strings of <c>key = @( … )</c>.</summary>
    public static string[] List(string key) =>
        Regex.Match(Text, $@"^\s*{key}\s*=\s*@\(([^)]*)\)", RegexOptions.Multiline) is { Success: true } match
            ? [.. Quoted().Matches(match.Groups[1].Value).Select(quoted => quoted.Groups[1].Value)]
            : throw new InvalidDataException($"The manifest has no list {key}.");

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();
}
