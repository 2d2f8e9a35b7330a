using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.Tests.UccApi;

internal sealed partial class Recorder : _IUccPlatformEvents, _IUccEndpointEvents, _IUccServerSignalingSettingsEvents
{
    public void OnShutdown(IUccPlatform pEventSource, IUccOperationProgressEvent pEventData) => Record(nameof(OnShutdown), pEventSource, pEventData);

    public void OnIpAddrChange(IUccPlatform pEventSource, object pEventData) => Record(nameof(OnIpAddrChange), pEventSource, pEventData);

    public void OnEnable(IUccEndpoint pEventSource, IUccOperationProgressEvent pEventData) => Record(nameof(OnEnable), pEventSource, pEventData);

    public void OnDisable(IUccEndpoint pEventSource, IUccOperationProgressEvent pEventData) => Record(nameof(OnDisable), pEventSource, pEventData);

    public void OnFindServer(IUccEndpoint pEventSource, IUccFindServerEvent pFindServerEventData) =>
        Record(nameof(OnFindServer), pEventSource, pFindServerEventData);
}
