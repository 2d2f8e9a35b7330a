using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Presence;

/// <summary>How a subscription went, for each of its presentities.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccSubscriptionEvent(
    IUccOperationContext? operation, IReadOnlyList<(IUccPresentity Presentity, UccOperationProgressEvent Result)> results)
    : DispatchObject(UccCoclasses.UccSubscriptionEvent.Dispatch), IUccSubscriptionEvent
{
    public IUccCollection Presentities => new UccCollection([.. results.Select(r => r.Presentity)]);

    public IUccOperationContext? OriginalOperationContext => operation;

    public bool IsComplete => true;

    /// <exception cref="HResultException">UCC_E_NOT_EXIST: the presentity was not part of it.</exception>
    public IUccOperationProgressEvent GetOperationInfo(IUccPresentity? pPresentity)
    {
        foreach (var (presentity, result) in results)
        {
            if (pPresentity != null && presentity.Uri.Value == pPresentity.Uri.Value)
            {
                return result;
            }
        }

        throw new HResultException(UccHResults.UCC_E_NOT_EXIST, "That presentity was not part of the operation.");
    }
}
