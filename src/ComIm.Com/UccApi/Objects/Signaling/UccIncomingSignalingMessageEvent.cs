using System.Runtime.InteropServices;
using ComIm.Client.Sessions;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Sessions;

namespace ComIm.Com.UccApi.Objects.Signaling;

/// <summary>
/// A request has come in over a channel. It is accepted when the handlers have returned, or after two seconds, whichever comes
/// first, unless one of them has rejected it before. The type library has no class for it.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccIncomingSignalingMessageEvent : DispatchObject, IUccIncomingSignalingMessageEvent
{
    private static readonly DispatchTable Table = DispatchTable.Flatten([typeof(IUccIncomingSignalingMessageEvent)]);

    private readonly ImRequestReceivedEventArgs _received;
    private readonly ITimer _timer;
    private bool _isAccepted;

    public UccIncomingSignalingMessageEvent(ImRequestReceivedEventArgs received, TimeProvider time)
        : base(Table)
    {
        _received = received;
        Message = SignalingExchange.Read(received.Request);
        _timer = time.CreateTimer(
            static self => ((UccIncomingSignalingMessageEvent)self!).Answer(200), this, UccIncomingInstantMessageEvent.Patience, Timeout.InfiniteTimeSpan);
    }

    public IUccContext Context { get; } = new UccContext();

    public IUccSignalingMessage Message { get; }

    /// <exception cref="HResultException">UCC_E_INVALID_SESSION_STATE: it was rejected before.</exception>
    public void Accept()
    {
        if (!Answer(200) && !Volatile.Read(ref _isAccepted))
        {
            throw new HResultException(UccHResults.UCC_E_INVALID_SESSION_STATE, "The request was rejected before.");
        }
    }

    /// <exception cref="HResultException">UCC_E_INVALID_SESSION_STATE: it was answered before.</exception>
    public void Reject(UCC_REJECT_OR_TERMINATE_REASON enReason)
    {
        if (!Answer(RejectReasons.ToMessageStatus(enReason)))
        {
            throw new HResultException(UccHResults.UCC_E_INVALID_SESSION_STATE, "The request was answered before.");
        }
    }

    internal void OnHandlersReturned() => Answer(200);

    private bool Answer(int statusCode)
    {
        if (!_received.Answer(statusCode))
        {
            return false;
        }

        Volatile.Write(ref _isAccepted, statusCode == 200);
        _timer.Dispose();
        return true;
    }
}
