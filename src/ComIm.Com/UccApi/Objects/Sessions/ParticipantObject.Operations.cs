using ComIm.Client.Sessions;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>
/// Operations can be taken back. The original had this for sessions of audio and video only; here it is for every participant. Of what is
/// sent to a participant an invitation is all that SIP can take back (RFC 3261 section 9).
/// </summary>
internal abstract partial class ParticipantObject : IUccOperationManager
{
    private const int CancelOperationEvent = 12000;

    private readonly ConnectionPoint _operationEvents;
    private IUccOperationContext? _cancelling;
    private bool _isCancelling;

    /// <summary>
    /// Takes an invitation back: <c>OnAddParticipant</c> ends it with UCC_E_REQUEST_CANCELLED, then <c>OnCancelOperation</c> ends this.
    /// </summary>
    /// <exception cref="HResultException">UCC_E_NOT_EXIST: no invitation with this context is under way.</exception>
    public void CancelOperation(IUccOperationContext? pCancelledOperationContext = null, IUccOperationContext? pOperationContext = null)
    {
        Session.Endpoint.DemandAccount();
        lock (_gate)
        {
            if (_isCancelling || IsInviter || Link is not { State: ImSessionState.Idle or ImSessionState.Inviting } || !IsSame(pCancelledOperationContext, Adding))
            {
                throw new HResultException(UccHResults.UCC_E_NOT_EXIST, "No invitation with this operation context is under way.");
            }

            (_isCancelling, _cancelling) = (true, pOperationContext);
        }

        _ = Link.EndAsync();
    }

    /// <summary>The invitation has ended; what took it back has, too.</summary>
    internal void TellCancelled()
    {
        if (_isCancelling)
        {
            _operationEvents.Raise(CancelOperationEvent, this, UccOperationProgressEvent.Success(_cancelling));
        }
    }

    // A context of another apartment comes as a proxy, which shows what it is by its number.
    private static bool IsSame(IUccOperationContext? given, IUccOperationContext? known) =>
        given == null || ReferenceEquals(given, known)
        || (known != null && (given is not UccOperationContext || known is not UccOperationContext) && given.OperationId == known.OperationId);
}
