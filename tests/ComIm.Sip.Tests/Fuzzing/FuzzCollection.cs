namespace ComIm.Sip.Tests.Fuzzing;

/// <summary>Runs beside nothing else: it measures memory.</summary>
[CollectionDefinition(nameof(FuzzCollection), DisableParallelization = true)]
public sealed class FuzzCollection;
