using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Sip.Dialogs;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>An invitation is about to be sent: the application fills the description in and calls <see cref="Send"/>, now or later.</summary>
/// <param name="send">Sends it.</param>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccOutgoingInvitationEvent(Action<SessionBody> send)
    : DispatchObject(UccCoclasses.UccOutgoingInvitationEvent.Dispatch), IUccOutgoingInvitationEvent
{
    private int _isSent;

    public string ContentType { get; set => field = value ?? ""; } = "";

    public string SessionDescription { get; set => field = value ?? ""; } = "";

    /// <exception cref="HResultException">E_INVALIDARG: no content type. UCC_E_INVALID_SESSION_STATE: it was sent before, or the session is over.</exception>
    public void Send()
    {
        var body = Sessions.SessionDescription.Write(ContentType, SessionDescription);
        if (Interlocked.Exchange(ref _isSent, 1) != 0)
        {
            throw new HResultException(UccHResults.UCC_E_INVALID_SESSION_STATE, "The invitation was sent before.");
        }

        try
        {
            send(body);
        }
        catch (InvalidOperationException)
        {
            throw SessionObject.IsOver();
        }
    }
}
