using ComIm.Client.Diagnostics;

namespace ComIm.Cli.Doctor;

/// <summary>What a check of this computer has shown.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Finding">One sentence for people, with what to do where there is something to do.</param>
internal sealed record ComFinding(string Name, DiagnosisResult Result, string Finding);
