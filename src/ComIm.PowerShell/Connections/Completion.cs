using System.Management.Automation;

namespace ComIm.PowerShell;

/// <summary>Makes completions of addresses; what people have typed may begin with or without the scheme, or with a quote.</summary>
internal static class Completion
{
    /// <summary>Those that begin with what was typed, in their order, each once.</summary>
    /// <param name="word">What was typed.</param>
    /// <param name="candidates">Values and what to say of each.</param>
    public static IEnumerable<CompletionResult> Of(string? word, IEnumerable<(string Value, string ToolTip)> candidates)
    {
        var typed = (word ?? "").Trim('\'', '"');
        return candidates
            .Where(candidate => candidate.Value.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
                || AddressPattern.WithoutScheme(candidate.Value).StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(candidate => candidate.Value, StringComparer.OrdinalIgnoreCase)
            .Select(candidate => new CompletionResult(
                Quoted(candidate.Value), candidate.Value, CompletionResultType.ParameterValue, candidate.ToolTip));
    }

    private static string Quoted(string value) =>
        value.All(c => char.IsAsciiLetterOrDigit(c) || ":.@-_+/".Contains(c, StringComparison.Ordinal))
            ? value
            : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
