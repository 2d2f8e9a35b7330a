using System.Runtime.InteropServices;
using ComIm.Client.Sessions;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>
/// A message has come in. It is accepted when the handlers have returned, or after two seconds, whichever comes first, unless
/// one of them has rejected it before.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccIncomingInstantMessageEvent : DispatchObject, IUccIncomingInstantMessageEvent
{
    private readonly UccSessionParticipantEndpoint _sender;
    private readonly ImSessionMessageEventArgs _message;
    private readonly ITimer _timer;
    private bool _isAccepted;

    public UccIncomingInstantMessageEvent(UccSessionParticipantEndpoint sender, ImSessionMessageEventArgs message, TimeProvider time)
        : base(UccCoclasses.UccIncomingInstantMessageEvent.Dispatch)
    {
        _sender = sender;
        _message = message;
        _timer = time.CreateTimer(static self => ((UccIncomingInstantMessageEvent)self!).Answer(200), this, Patience, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How long a sender waits for handlers that do not return: a client that shows a window in one would lose the message.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(2);

    public IUccContext Context { get; } = new UccContext();

    public IUccSessionParticipantEndpoint ParticipantEndpoint => _sender;

    public string ContentType => MessageText.TypeOf(_message.Content);

    public string Content => MessageText.TextOf(_message.Content);

    /// <summary>False: nobody writes to everybody.</summary>
    public bool IsBroadcast() => false;

    /// <exception cref="HResultException">UCC_E_INVALID_SESSION_STATE: it was rejected before.</exception>
    public void Accept()
    {
        if (!Answer(200) && !Volatile.Read(ref _isAccepted))
        {
            throw new HResultException(UccHResults.UCC_E_INVALID_SESSION_STATE, "The message was rejected before.");
        }
    }

    /// <exception cref="HResultException">UCC_E_INVALID_SESSION_STATE: it was answered before.</exception>
    public void Reject(UCC_REJECT_OR_TERMINATE_REASON enReason)
    {
        if (!Answer(RejectReasons.ToMessageStatus(enReason)))
        {
            throw new HResultException(UccHResults.UCC_E_INVALID_SESSION_STATE, "The message was answered before.");
        }
    }

    internal void OnHandlersReturned() => Answer(200);

    private bool Answer(int statusCode)
    {
        if (!_message.Answer(statusCode))
        {
            return false;
        }

        Volatile.Write(ref _isAccepted, statusCode == 200);
        _timer.Dispose();
        return true;
    }
}
