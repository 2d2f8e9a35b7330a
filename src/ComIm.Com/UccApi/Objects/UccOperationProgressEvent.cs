using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects;

/// <summary>How an operation goes, or how it ended. It does not change.</summary>
/// <param name="operation">What the application passed with the operation; null where it passed nothing.</param>
/// <param name="isComplete">False where more events of the same operation follow.</param>
/// <param name="statusCode">An HRESULT; zero and above is success.</param>
/// <param name="statusText">The server's words, or empty.</param>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccOperationProgressEvent(
    IUccOperationContext? operation, bool isComplete, int statusCode, string statusText)
    : DispatchObject(UccCoclasses.UccOperationProgressEvent.Dispatch), IUccOperationProgressEvent
{
    public IUccOperationContext? OriginalOperationContext => operation;

    public bool IsComplete => isComplete;

    public int StatusCode => statusCode;

    public string StatusText => statusText;

    public IUccReadOnlyPropertyCollection Properties { get; } = new UccReadOnlyPropertyCollection(new PropertyList());
}
