using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>
/// The one exception by which ComIm's COM objects fail: it carries the HRESULT that a COM caller sees, and a sentence
/// for people, which becomes <c>Err.Description</c>.
/// </summary>
public sealed class HResultException : COMException
{
    /// <summary>What <c>Err.Source</c> shows.</summary>
    public const string SourceName = "ComIm";

    /// <summary>Makes an exception.</summary>
    /// <param name="hresult">A failure code.</param>
    /// <param name="message">A sentence for people.</param>
    /// <param name="inner">The cause beneath, for debuggers; COM callers do not see it.</param>
    public HResultException(int hresult, string message, Exception? inner = null)
        : base(message, inner)
    {
        HResult = hresult;
        Source = SourceName;
    }
}
