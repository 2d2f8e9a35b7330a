namespace ComIm.Client.Diagnostics;

/// <summary>What one step of a diagnosis has shown.</summary>
/// <param name="Kind">Which step.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Target">What was tried: an address, a name, a host and port.</param>
/// <param name="Finding">What was found, one sentence for people. It never holds a password.</param>
/// <param name="Advice">What to do, one or two sentences; null where there is nothing to do.</param>
/// <param name="Duration">How long it took.</param>
public sealed record DiagnosisStep(
    DiagnosisStepKind Kind, DiagnosisResult Result, string Target, string Finding, string? Advice, TimeSpan Duration)
{
    /// <summary>In one line, for people: what was found and what to do.</summary>
    public override string ToString() => Advice is null ? $"{Kind}: {Finding}" : $"{Kind}: {Finding} {Advice}";
}
