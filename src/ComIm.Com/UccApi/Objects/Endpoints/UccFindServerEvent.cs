using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Endpoints;

/// <summary>The servers that a domain has named; none where it has none, or where it cannot be asked.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccFindServerEvent : DispatchObject, IUccFindServerEvent
{
    private readonly UccOperationProgressEvent _progress;

    public UccFindServerEvent(IUccOperationContext? operation, IReadOnlyList<IUccSignalingServer> servers)
        : this(servers, servers.Count > 0
            ? UccOperationProgressEvent.Success(operation)
            : new UccOperationProgressEvent(operation, isComplete: true, UccHResults.UCC_E_SIP_DNS_FAIL, "The domain names no server."))
    {
    }

    public UccFindServerEvent(IUccOperationContext? operation, int statusCode, string statusText)
        : this([], new UccOperationProgressEvent(operation, isComplete: true, statusCode, statusText))
    {
    }

    private UccFindServerEvent(IReadOnlyList<IUccSignalingServer> servers, UccOperationProgressEvent progress)
        : base(UccCoclasses.UccFindServerEvent.Dispatch)
    {
        SignalingServers = new UccCollection(servers);
        _progress = progress;
    }

    public IUccOperationContext? OriginalOperationContext => _progress.OriginalOperationContext;

    public bool IsComplete => _progress.IsComplete;

    public int StatusCode => _progress.StatusCode;

    public string StatusText => _progress.StatusText;

    public IUccReadOnlyPropertyCollection Properties => _progress.Properties;

    /// <summary>In the order in which they are to be tried.</summary>
    public IUccCollection SignalingServers { get; }
}
