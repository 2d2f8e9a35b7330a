using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.UserSearch;

/// <summary>What a search has found.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccUserSearchQueryEvent(IUccOperationContext? operation, IReadOnlyList<UccUserSearchResultRecord> results, bool isCut)
    : DispatchObject(UccCoclasses.UccUserSearchQueryEvent.Dispatch), IUccUserSearchQueryEvent
{
    private readonly UccOperationProgressEvent _progress = UccOperationProgressEvent.Success(operation);

    public IUccOperationContext? OriginalOperationContext => _progress.OriginalOperationContext;

    public bool IsComplete => _progress.IsComplete;

    public int StatusCode => _progress.StatusCode;

    public string StatusText => _progress.StatusText;

    public IUccReadOnlyPropertyCollection Properties => _progress.Properties;

    public IUccCollection Results => new UccCollection(results);

    /// <summary>Whether there were more than the application wanted.</summary>
    public bool MoreAvailable => isCut;
}
