using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Sip.Dialogs;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>The peer has accepted, and this is what it says of the session.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccInvitationAcceptedEvent(SessionBody? answer)
    : DispatchObject(UccCoclasses.UccInvitationAcceptedEvent.Dispatch), IUccInvitationAcceptedEvent
{
    public string RemoteContentType => SessionDescription.TypeOf(answer);

    public string RemoteSessionDescription => SessionDescription.TextOf(answer);
}
