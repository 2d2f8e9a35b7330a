using System.CommandLine;
using System.CommandLine.Parsing;

namespace ComIm.Cli.Options;

/// <summary>What a person has written, apart from what is taken where nothing is.</summary>
internal static class GivenOptions
{
    /// <summary>Whether an option stands on the command line.</summary>
    /// <param name="result">The command's part of the parsed command line.</param>
    /// <param name="option">The option.</param>
    public static bool IsGiven(this SymbolResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
