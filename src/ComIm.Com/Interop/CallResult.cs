namespace ComIm.Com.Interop;

/// <summary>How a call into somebody else's object ended.</summary>
/// <param name="HResult">The code; of an exception its own.</param>
/// <param name="Value">What it gave.</param>
/// <param name="Description">What the object says about its failure.</param>
internal readonly record struct CallResult(int HResult, object? Value, string? Description);
