using System.Runtime.InteropServices;

namespace ComIm.Com.Interop;

/// <summary>EXCEPINFO in memory: what becomes Err.Number, Err.Source and Err.Description.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ExceptionInfo
{
    public ushort Code;
    private readonly ushort _reserved;
    public nint Source;
    public nint Description;
    public nint HelpFile;
    public int HelpContext;
    private readonly nint _reservedPointer;
    private readonly nint _deferredFillIn;
    public int SCode;

    /// <summary>Describes an exception; the strings belong to the caller of Invoke then.</summary>
    public static ExceptionInfo From(Exception error) => new()
    {
        Source = Marshal.StringToBSTR(error is HResultException ? error.Source : HResultException.SourceName),
        Description = Marshal.StringToBSTR(error.Message),
        // A foreign exception whose HRESULT is a success code would look like no error at all.
        SCode = error.HResult < 0 ? error.HResult : HResults.Fail,
    };
}
