using System.Runtime.InteropServices;
using ComIm.Client;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Sip.Messages;

namespace ComIm.Com.UccApi.Objects;

/// <summary>How an operation goes, or how it ended. It does not change.</summary>
/// <param name="operation">What the application passed with the operation; null where it passed nothing.</param>
/// <param name="isComplete">False where more events of the same operation follow.</param>
/// <param name="statusCode">An HRESULT; zero and above is success.</param>
/// <param name="statusText">The server's words, or empty.</param>
/// <param name="response">The response that said so; null where there was none.</param>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccOperationProgressEvent(
    IUccOperationContext? operation, bool isComplete, int statusCode, string statusText, SipResponse? response = null)
    : DispatchObject(UccCoclasses.UccOperationProgressEvent.Dispatch), IUccOperationProgressEvent
{
    public IUccOperationContext? OriginalOperationContext => operation;

    public bool IsComplete => isComplete;

    public int StatusCode => statusCode;

    public string StatusText => statusText;

    public IUccReadOnlyPropertyCollection Properties { get; private init; } = ProgressProperties.Of(response);

    /// <summary>An operation that has succeeded.</summary>
    public static UccOperationProgressEvent Success(IUccOperationContext? operation, SipResponse? response = null) =>
        new(operation, isComplete: true, HResults.Ok, response?.ReasonPhrase ?? "", response);

    /// <summary>An operation that has succeeded, and what it has brought.</summary>
    public static UccOperationProgressEvent Success(IUccOperationContext? operation, PropertyList properties) =>
        new(operation, isComplete: true, HResults.Ok, "") { Properties = new UccReadOnlyPropertyCollection(properties) };

    /// <summary>An operation that has failed.</summary>
    public static UccOperationProgressEvent Failure(IUccOperationContext? operation, int statusCode, ImException cause) =>
        new(operation, isComplete: true, statusCode, cause.ReasonPhrase ?? cause.Message, cause.Response);
}
