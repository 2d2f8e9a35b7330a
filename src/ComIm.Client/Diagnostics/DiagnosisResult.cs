namespace ComIm.Client.Diagnostics;

/// <summary>How a step of a diagnosis ended.</summary>
public enum DiagnosisResult
{
    /// <summary>It works.</summary>
    Passed,

    /// <summary>It does not; <see cref="DiagnosisStep.Finding"/> says why and <see cref="DiagnosisStep.Advice"/> what to do.</summary>
    Failed,

    /// <summary>It was not tried: it is not needed, or a step before it failed.</summary>
    Skipped,
}
