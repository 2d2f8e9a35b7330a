using System.Globalization;

namespace ComIm.TestKit;

/// <summary>How a SIPp run ended.</summary>
/// <param name="ExitCode">0: every call succeeded; 1: some failed; 97: out of time; 99: no call was made; 255, 254: fatal errors.</param>
/// <param name="Statistics">The last line of its statistics by column name, such as <c>FailedUnexpectedMessage(C)</c>.</param>
/// <param name="Errors">Its error log: unexpected messages with what was expected.</param>
/// <param name="Messages">The messages it sent and received.</param>
/// <param name="Output">What it printed.</param>
public sealed record SippResult(
    int ExitCode,
    IReadOnlyDictionary<string, string> Statistics,
    string Errors,
    string Messages,
    string Output)
{
    /// <summary>Calls that went as the scenario says.</summary>
    public long Successful => Count("SuccessfulCall(C)");

    /// <summary>Calls that did not.</summary>
    public long Failed => Count("FailedCall(C)");

    /// <summary>The causes of failed calls that occurred, with their numbers.</summary>
    public IReadOnlyDictionary<string, long> FailureCauses =>
        Statistics.Keys
            .Where(name => name.StartsWith("Failed", StringComparison.Ordinal) && name.EndsWith("(C)", StringComparison.Ordinal))
            .Where(name => name != "FailedCall(C)" && Count(name) > 0)
            .ToDictionary(name => name[..^"(C)".Length], Count);

    /// <summary>For the message of a failed assertion.</summary>
    public override string ToString()
    {
        var causes = string.Join(", ", FailureCauses.Select(cause => $"{cause.Key} {cause.Value}"));
        return $"sipp ended with {ExitCode}: {Successful} successful, {Failed} failed ({causes})\n{Errors}\n{Messages}";
    }

    private long Count(string name) =>
        Statistics.TryGetValue(name, out var value) && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : 0;
}
