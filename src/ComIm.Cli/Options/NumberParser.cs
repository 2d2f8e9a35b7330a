using System.CommandLine.Parsing;
using System.Globalization;

namespace ComIm.Cli.Options;

/// <summary>Reads numbers of messages and of seconds, and says what could have been written where it is none.</summary>
internal static class NumberParser
{
    private const int Most = 1_000_000;

    /// <summary>Reads how many.</summary>
    /// <param name="result">The value of the option.</param>
    public static int? Count(ArgumentResult result)
    {
        if (int.TryParse(TextOf(result), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= Most)
        {
            return count;
        }

        result.AddError($"'{TextOf(result)}' is not a number of messages: write one from 1 to a million.");
        return null;
    }

    /// <summary>Reads how long, in seconds.</summary>
    /// <param name="result">The value of the option.</param>
    public static double? Seconds(ArgumentResult result)
    {
        if (double.TryParse(TextOf(result), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= Most)
        {
            return seconds;
        }

        result.AddError($"'{TextOf(result)}' is not a time in seconds: write more than 0 and at most a million.");
        return null;
    }

    private static string TextOf(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
}
