using System.Runtime.InteropServices;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>The application has made a session.</summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccOutgoingSessionEvent(IUccSession session)
    : DispatchObject(UccCoclasses.UccOutgoingSessionEvent.Dispatch), IUccOutgoingSessionEvent
{
    public IUccSession Session => session;
}
