using System.CommandLine.Parsing;

namespace ComIm.Cli.Options;

/// <summary>Reads the name of a file, which is not empty: <c>--users "$FILE"</c> of a script whose variable is not set is.</summary>
internal static class FileNameParser
{
    /// <summary>Reads one, and says what is missing where there is none.</summary>
    /// <param name="result">The value of the option.</param>
    public static string? Parse(ArgumentResult result)
    {
        var name = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (!string.IsNullOrWhiteSpace(name))
        {
            return name;
        }

        result.AddError($"The file name behind {(result.Parent as OptionResult)?.Option.Name} is empty.");
        return null;
    }
}
