using System.Runtime.InteropServices;
using ComIm.Client.Sessions;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>An invitation has come in, with the peer's description: the application fills its own in and accepts.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccIncomingInvitationEvent(ImSession link)
    : DispatchObject(UccCoclasses.UccIncomingInvitationEvent.Dispatch), IUccIncomingInvitationEvent
{
    public IUccContext Context { get; } = new UccContext();

    public string RemoteContentType => SessionDescription.TypeOf(link.Offer);

    public string RemoteSessionDescription => SessionDescription.TextOf(link.Offer);

    /// <summary>That of the peer, where the application sets no other.</summary>
    public string LocalContentType { get; set => field = value ?? ""; } = SessionDescription.TypeOf(link.Offer);

    public string LocalSessionDescription { get; set => field = value ?? ""; } = "";

    /// <exception cref="HResultException">E_INVALIDARG: no content type. UCC_E_INVALID_SESSION_STATE: the inviter has given up, or it was answered before.</exception>
    public void Accept()
    {
        if (!link.Accept(SessionDescription.Write(LocalContentType, LocalSessionDescription)))
        {
            throw SessionObject.IsOver();
        }
    }

    /// <exception cref="HResultException">UCC_E_INVALID_SESSION_STATE: the inviter has given up, or it was answered before.</exception>
    public void Reject(UCC_REJECT_OR_TERMINATE_REASON enReason)
    {
        if (!link.Reject(RejectReasons.ToStatus(enReason)))
        {
            throw SessionObject.IsOver();
        }
    }
}
