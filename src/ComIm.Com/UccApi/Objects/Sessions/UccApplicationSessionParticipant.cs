using System.Runtime.InteropServices;
using ComIm.Client;
using ComIm.Client.Sessions;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Sip.Dialogs;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>Somebody in a session of an application's own: descriptions are exchanged with them.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccApplicationSessionParticipant : ParticipantObject, IUccApplicationSessionParticipant
{
    private const int OutgoingInvitationEvent = 1100;
    private const int IncomingInvitationEvent = 1101;
    private const int InvitationAcceptedEvent = 1102;
    private const int RenegotiateEvent = 1105;

    private static readonly UccCoclass Coclass =
        UccCoclasses.UccApplicationSessionParticipant.Plus(typeof(IUccOperationManager), typeof(_IUccOperationManagerEvents));

    private readonly ConnectionPoint _events;

    public UccApplicationSessionParticipant(SessionObject session, IUccUri uri, IUccContext? context, bool isLocal)
        : base(session, Coclass, uri, context, isLocal) =>
        _events = PointFor(typeof(_IUccApplicationSessionParticipantEvents));

    /// <summary>
    /// Describes the session anew: <c>OnOutgoingInvitation</c> asks for the description, <c>OnRenegotiate</c> tells what became of it.
    /// </summary>
    /// <exception cref="HResultException">UCC_E_INVALID_SESSION_STATE: the session is not connected.</exception>
    public void ReNegotiate(IUccOperationContext? pOperationContext = null)
    {
        Session.Endpoint.DemandAccount();
        if (Link is not { State: ImSessionState.Connected } link)
        {
            throw new HResultException(UccHResults.UCC_E_INVALID_SESSION_STATE, "The session is not connected.");
        }

        Ask(offer => _ = RenegotiateAsync(link, offer, pOperationContext));
    }

    /// <summary>The application is asked for what the invitation is to say.</summary>
    internal void AskForOffer(ImSession link) => Ask(offer => link.Start(offer));

    /// <summary>The application is asked for what the acceptance is to say.</summary>
    internal void AskForAnswer(ImSession link) =>
        _events.Raise(IncomingInvitationEvent, this, new UccIncomingInvitationEvent(link));

    /// <summary>The peer has accepted.</summary>
    internal void TellAnswer(ImSession link) =>
        _events.Raise(InvitationAcceptedEvent, this, new UccInvitationAcceptedEvent(link.PeerDescription));

    private void Ask(Action<SessionBody> send) => _events.Raise(OutgoingInvitationEvent, this, new UccOutgoingInvitationEvent(send));

    private async Task RenegotiateAsync(ImSession link, SessionBody offer, IUccOperationContext? operation)
    {
        UccOperationProgressEvent result;
        try
        {
            result = UccOperationProgressEvent.Success(operation, await link.RenegotiateAsync(offer).ConfigureAwait(false));
            TellAnswer(link);
        }
        catch (ImException e)
        {
            result = UccOperationProgressEvent.Failure(operation, UccFailures.Of(e), e);
        }

        _events.Raise(RenegotiateEvent, this, result);
    }
}
