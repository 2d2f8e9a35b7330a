using System.Text.RegularExpressions;

namespace ComIm.TestKit;

/// <summary>What a README says that a block prints; … stands for anything in a line, and alone for any lines.</summary>
public static class ReadmeOutput
{
    /// <summary>The pattern of it.</summary>
    /// <param name="expected">What the README says.</param>
    /// <param name="server">What stands for <see cref="ReadmeBlock.ExampleAddress"/>.</param>
    public static string Pattern(string expected, string server)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var lines = expected.Replace(ReadmeBlock.ExampleAddress, server, StringComparison.Ordinal).TrimEnd().Split('\n');
        return "^" + string.Concat(lines.Select(line => line == "…"
            ? "(?:.*\n)*?"
            : string.Join(".*", line.Split('…').Select(Regex.Escape)) + "\n")) + "$";
    }
}
