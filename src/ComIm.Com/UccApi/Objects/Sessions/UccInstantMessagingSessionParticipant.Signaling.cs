using ComIm.Client;
using ComIm.Client.Sessions;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Signaling;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>Requests of the application's own inside the session: the participant is a signaling channel as well.</summary>
internal sealed partial class UccInstantMessagingSessionParticipant : IUccSignalingChannel
{
    private const int SendRequestEvent = 2600;
    private const int IncomingMessageEvent = 2601;

    /// <summary>Sends a request to the participant, in its turn among the messages; <c>OnSendRequest</c> brings the response.</summary>
    public void SendRequest(IUccSignalingRequest? pRequest, IUccOperationContext? pOpContext = null)
    {
        Session.Endpoint.DemandAccount();
        var link = Link ?? throw new HResultException(UccHResults.UCC_E_INVALID_SESSION_STATE, "The participant is not in the session.");
        var (method, prepare) = SignalingExchange.Prepare(pRequest, link.Peer);
        _ = SendAsync(link, method, prepare, pOpContext);
    }

    private async Task SendAsync(ImSession link, string method, Action<Sip.Messages.SipRequest> prepare, IUccOperationContext? operation)
    {
        UccOperationProgressEvent result;
        try
        {
            result = UccOperationProgressEvent.Success(operation, await link.SendAsync(method, prepare).ConfigureAwait(false));
        }
        catch (ImException e)
        {
            result = UccOperationProgressEvent.Failure(operation, UccFailures.Of(e), e);
        }

        _signaling.Raise(SendRequestEvent, this, result);
    }

    private void OnRequest(ImRequestReceivedEventArgs received)
    {
        received.Defer();
        var incoming = new UccIncomingSignalingMessageEvent(received, Session.Endpoint.Platform.Time);
        _signaling.RaiseAnd(incoming.OnHandlersReturned, IncomingMessageEvent, this, incoming);
    }
}
