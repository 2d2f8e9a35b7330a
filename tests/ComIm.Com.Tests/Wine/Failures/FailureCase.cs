namespace ComIm.Com.Tests.Wine.Failures;

/// <summary>What failures.cpp saw of one case.</summary>
/// <param name="Code">The HRESULT of the call, or the status code of the event.</param>
/// <param name="Events">The events of the session, in their order.</param>
/// <param name="Words">The sentence of the failure, or the words of the event.</param>
internal sealed record FailureCase(string Code, string Events, string Words);
