namespace ComIm.Com.Interop;

/// <summary>How a late-bound call ended.</summary>
/// <param name="HResult">What IDispatch::Invoke returns.</param>
/// <param name="Value">The result, VARIANT-safe.</param>
/// <param name="Error">The exception behind <see cref="HResults.Exception"/>.</param>
/// <param name="BadArgument">Which argument was wrong, in the order of DISPPARAMS; -1 where none.</param>
internal readonly record struct DispatchResult(int HResult, object? Value = null, Exception? Error = null, int BadArgument = -1)
{
    public static DispatchResult Refused(int hresult, int badArgument = -1) => new(hresult, BadArgument: badArgument);

    public static DispatchResult Failed(Exception error) => new(HResults.Exception, Error: error);
}
