using System.Runtime.InteropServices;
using ComIm.Client;
using ComIm.Client.Sessions;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Endpoints;
using ComIm.Sip.Messages;

namespace ComIm.Com.UccApi.Objects.Signaling;

/// <summary>
/// Requests to somebody outside any session, and from them: the way to a pager message (RFC 3428), which the rest of the UCC API
/// does not know.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccSignalingChannel : EventSourceObject, IUccSignalingChannel
{
    private const int SendRequestEvent = 2600;
    private const int IncomingMessageEvent = 2601;

    private readonly UccServerEndpoint _endpoint;
    private readonly ImChannel _channel;
    private readonly ConnectionPoint _events;

    public UccSignalingChannel(UccServerEndpoint endpoint, IUccUri destination)
        : base(UccCoclasses.UccSignalingChannel.Dispatch, UccCoclasses.UccSignalingChannel.Sources, endpoint.Lane)
    {
        _endpoint = endpoint;
        _events = PointFor(typeof(_IUccSignalingChannelEvents));
        try
        {
            _channel = endpoint.DemandAccount().OpenChannel(destination.Value);
        }
        catch (ImException e)
        {
            throw new HResultException(UccFailures.Of(e), e.Message);
        }

        _channel.RequestReceived += OnRequestReceived;
    }

    /// <summary>Sends a request; <c>OnSendRequest</c> brings the response.</summary>
    public void SendRequest(IUccSignalingRequest? pRequest, IUccOperationContext? pOpContext = null)
    {
        _endpoint.DemandAccount();
        var (method, prepare) = SignalingExchange.Prepare(pRequest, _channel.Peer);
        _ = SendAsync(method, prepare, pOpContext);
    }

    private async Task SendAsync(string method, Action<SipRequest> prepare, IUccOperationContext? operation)
    {
        UccOperationProgressEvent result;
        try
        {
            var response = await _channel.SendAsync(method, prepare).ConfigureAwait(false);
            result = response.IsSuccess
                ? UccOperationProgressEvent.Success(operation, response)
                : new UccOperationProgressEvent(operation, isComplete: true, UccFailures.OfStatus(response.StatusCode), response.ReasonPhrase, response);
        }
        catch (ImException e)
        {
            result = UccOperationProgressEvent.Failure(operation, UccFailures.Of(e), e);
        }

        _events.Raise(SendRequestEvent, this, result);
    }

    private void OnRequestReceived(object? sender, ImRequestReceivedEventArgs e)
    {
        e.Defer();
        var incoming = new UccIncomingSignalingMessageEvent(e, _endpoint.Platform.Time);
        _events.RaiseAnd(incoming.OnHandlersReturned, IncomingMessageEvent, this, incoming);
    }
}
